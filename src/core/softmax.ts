import { GENRES, type Scores } from './genre.ts';

/** Logits [5] → calibrated probabilities: softmax(logits / temperature) (Guo et al. 2017, arXiv:1706.04599). */
export function softmax(logits: ArrayLike<number>, temperature: number): Scores {
  const scaled = GENRES.map((_, i) => (logits[i] ?? Number.NaN) / temperature);
  const peak = Math.max(...scaled); // subtracted so that exp cannot overflow
  const powers = scaled.map((value) => Math.exp(value - peak));
  const sum = powers.reduce((a, b) => a + b);
  return Object.fromEntries(GENRES.map((genre, i) => [genre, (powers[i] ?? 0) / sum])) as Scores;
}
