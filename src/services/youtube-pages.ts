import type { Track, TrackPage } from '../core/playlist.ts';
import type { TrackTurn } from '../core/ports.ts';

const PAGE_SIZE = 5;

/** Five of at least one track: the seed shuffles them all, so that its pages never repeat one before the last. */
export function pageOf(tracks: readonly Track[], { seed, page }: TrackTurn): TrackPage {
  const pages = Math.ceil(tracks.length / PAGE_SIZE);
  const turn = Number.isSafeInteger(page) ? page : 0;
  const at = (((turn % pages) + pages) % pages) * PAGE_SIZE;
  return { tracks: shuffle(tracks, seed).slice(at, at + PAGE_SIZE), pages };
}

/** Fisher and Yates's, always the same for a seed. */
function shuffle(tracks: readonly Track[], seed: number): Track[] {
  const order = [...tracks];
  const random = seededRandom(seed);
  for (let left = order.length - 1; left > 0; left -= 1) {
    const chosen = Math.floor(random() * (left + 1));
    [order[left], order[chosen]] = [order[chosen] as Track, order[left] as Track];
  }
  return order;
}

/** 0 … 1, without 1. Mulberry32 of https://github.com/cprosche/mulberry32, in the public domain. */
function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
