import { blendOf } from '../../src/core/blend.ts';
import { GENRES, type Genre, rankGenres, type Scores } from '../../src/core/genre.ts';
import type { ExplainRequest } from '../../src/core/ports.ts';
import { type Appearance, COLOURS, type HeatEvidence, PLACES } from '../../src/core/types.ts';

export const dimAndWarm: Appearance = {
  brightness: 0.2,
  contrast: 0.2,
  saturation: 0.3,
  warmth: 0.2,
  edges: 0.026,
  colours: [{ colour: 'brown', share: 0.45 }],
};
export const clear: Scores = { classical: 0.1, electronic: 0.04, jazz: 0.62, pop: 0.06, rock: 0.18 };
export const close: Scores = { classical: 0.31, electronic: 0.1, jazz: 0.34, pop: 0.15, rock: 0.1 };

export function makeExplainRequest(given: Partial<ExplainRequest> = {}): ExplainRequest {
  const scores = given.scores ?? clear;
  const ranking = rankGenres(scores);
  const genre = given.genre ?? (ranking[0] as Genre);
  const appearance = given.appearance ?? dimAndWarm;
  return {
    genre,
    ranking,
    blend: blendOf(scores),
    scores,
    appearance,
    map: { genre, width: 1, height: 1, values: Float32Array.of(1) },
    evidence: { blank: false, place: 'bottom-left', placeShare: 0.5, halfArea: 0.1, hot: appearance },
    sha256: 'ab'.repeat(32),
    language: 'en',
    asker: null,
    previews: async () => null,
    ...given,
  };
}

/** The same numbers on every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function pickOf<T>(random: () => number, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

function randomAppearance(random: () => number): Appearance {
  const shares = [0.65, 0.2, 0.1].map((share) => share * (0.3 + random() * 0.7));
  const colours = [...COLOURS].sort(() => random() - 0.5).slice(0, Math.floor(random() * 4));
  return {
    brightness: random(),
    contrast: random() * 0.4,
    saturation: random(),
    warmth: random() * 0.8 - 0.4,
    edges: random() * 0.08,
    colours: colours.map((colour, index) => ({ colour, share: shares[index] ?? 0 })),
  };
}

function randomRequest(random: () => number): ExplainRequest {
  const raw = GENRES.map(() => random() ** pickOf(random, [1, 8]));
  const total = raw.reduce((sum, value) => sum + value, 0);
  const scores = Object.fromEntries(
    GENRES.map((genre, index) => [genre, (raw[index] ?? 0) / total]),
  ) as unknown;
  const evidence: HeatEvidence = {
    blank: random() < 0.1,
    place: pickOf(random, PLACES),
    placeShare: random(),
    halfArea: random() / 2,
    hot: randomAppearance(random),
  };
  const sha256 = Math.floor(random() * 2 ** 32).toString(16);
  const asked = random() < 0.4 ? { genre: pickOf(random, GENRES) } : {};
  return makeExplainRequest({
    scores: scores as Scores,
    appearance: randomAppearance(random),
    evidence,
    sha256,
    ...asked,
  });
}

/** Photos of every kind, with every standing of the genre that is asked about. */
export function manyExplainRequests(): ExplainRequest[] {
  const random = createRandom(7);
  return Array.from({ length: 1500 }, () => randomRequest(random));
}
