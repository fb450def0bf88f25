import { type Genre, rankGenres } from './genre.ts';
import type { Tally } from './prediction.ts';

/** How many photos there are, and what part of them each genre has. */
export interface Mix {
  readonly photos: number;
  /** All five, largest first. */
  readonly parts: readonly MixPart[];
}

export interface MixPart {
  readonly genre: Genre;
  /** 0 … 1; 0 where there are no photos. */
  readonly share: number;
}

export function mixOf(genres: Tally['genres']): Mix {
  const photos = Object.values(genres).reduce((sum, count) => sum + count, 0);
  const parts = rankGenres(genres).map((genre) => ({ genre, share: genres[genre] / Math.max(1, photos) }));
  return { photos, parts };
}
