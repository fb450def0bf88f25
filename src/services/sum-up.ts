import { GENRES, type Genre, isGenre } from '../core/genre.ts';
import type { Tally } from '../core/prediction.ts';

/** Predictions with one genre, counted. */
export interface Sum {
  readonly genre: string;
  readonly photos: number;
  readonly confidence: number;
  readonly ups: number;
  readonly downs: number;
}

/** What is of no genre that we know does not count. */
export function sumUp(sums: readonly Sum[]): Tally {
  const genres = Object.fromEntries(GENRES.map((genre) => [genre, 0])) as Record<Genre, number>;
  const total = { confidence: 0, ups: 0, downs: 0 };
  for (const { genre, photos, confidence, ups, downs } of sums) {
    if (!isGenre(genre)) continue;
    genres[genre] += photos;
    total.confidence += confidence;
    total.ups += ups;
    total.downs += downs;
  }
  return { genres, ...total };
}
