/** The five genres, in the order of the model's logits. */
export const GENRES = ['classical', 'electronic', 'jazz', 'pop', 'rock'] as const;

export type Genre = (typeof GENRES)[number];

/** Calibrated probabilities, adding up to 1. */
export type Scores = Readonly<Record<Genre, number>>;

export function isGenre(text: string): text is Genre {
  return (GENRES as readonly string[]).includes(text);
}

/** The genres, most probable first. */
export function rankGenres(scores: Scores): Genre[] {
  return [...GENRES].sort((a, b) => scores[b] - scores[a]);
}
