import { type Genre, rankGenres, type Scores } from './genre.ts';

/** Below this calibrated probability, or this lead over the second, no genre is clear. */
const CLEAR = { probability: 0.45, margin: 0.1 };

/** The best two when neither clearly has the photo, else null. */
export function blendOf(scores: Scores): readonly [Genre, Genre] | null {
  const [first, second] = rankGenres(scores) as [Genre, Genre];
  const clear = scores[first] >= CLEAR.probability && scores[first] - scores[second] >= CLEAR.margin;
  return clear ? null : [first, second];
}
