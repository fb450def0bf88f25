import type { Genre } from '../../core/genre.ts';
import type { Region, TrackPage } from '../../core/playlist.ts';
import type { TrackSource } from '../../core/ports.ts';

const SEEDS = 2 ** 16;

/** Some songs of both of a genre's lists; null where they cannot be had. */
export async function songsOf(
  genre: Genre,
  trackSource: TrackSource,
  signal: AbortSignal,
): Promise<Readonly<Record<Region, TrackPage | null>>> {
  const turn = { seed: Math.floor(Math.random() * SEEDS), page: 0 };
  const [global, khaleeji] = await Promise.all([
    trackSource.tracks(genre, 'global', turn, signal),
    trackSource.tracks(genre, 'khaleeji', turn, signal),
  ]);
  return { global, khaleeji };
}
