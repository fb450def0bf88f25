import { type Genre, rankGenres, type Scores } from '../../src/core/genre.ts';
import type { HeatMap, Look } from '../../src/core/types.ts';

/** A look at no photo in particular, with these scores (0 where left out). */
export function makeLook(given: Partial<Scores>, why: Genre | null = null): Look {
  const scores = { classical: 0, electronic: 0, jazz: 0, pop: 0, rock: 0, ...given };
  const appearance = {
    brightness: 0.3,
    contrast: 0.2,
    saturation: 0.4,
    warmth: 0.2,
    edges: 0.05,
    colours: [{ colour: 'brown', share: 0.6 }],
  } as const;
  return {
    sha256: 'ab'.repeat(32),
    notes: [],
    scores,
    maps: {
      classical: makeMap('classical'),
      electronic: makeMap('electronic'),
      jazz: makeMap('jazz'),
      pop: makeMap('pop'),
      rock: makeMap('rock'),
    },
    genre: why ?? (rankGenres(scores)[0] as Genre),
    evidence: { blank: false, place: 'bottom-left', placeShare: 0.5, halfArea: 0.2, hot: appearance },
    appearance,
    heatmap: { jpeg: Uint8Array.from([1, 2, 3]), width: 40, height: 30 },
    photo: null,
    copy: null,
    previews: null,
    timings: { decode: 1, infer: 2, cam: 3, overlay: 4, encode: 5, total: 15 },
  };
}

function makeMap(genre: Genre): HeatMap {
  return { genre, width: 2, height: 2, values: Float32Array.from([0, 0.5, 1, 0]) };
}
