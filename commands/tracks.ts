import type { Command } from '../src/core/command.ts';
import { presentTracks, type ShownTracks } from '../src/core/present-tracks.ts';
import type { TracksCall } from '../src/core/request.ts';

/** Songs of a list beneath an answer. Yields nothing when they cannot be had: the answer has the list's link. */
export const tracks: Command<TracksCall> = async function* (
  { genre, region },
  { language, resultId, signal },
  { trackSource },
) {
  const shown: ShownTracks = { genre, region, turn: { seed: seedOf(resultId), page: 0 } };
  const page = await trackSource.tracks(genre, region, shown.turn, signal);
  if (page) yield presentTracks(page, shown, language);
};

const SEEDS = 2 ** 16;

/** Another one for each request, and the same at every attempt. */
function seedOf(resultId: string): number {
  let seed = 0;
  for (const character of resultId) seed = (seed * 31 + character.charCodeAt(0)) % SEEDS;
  return seed;
}
