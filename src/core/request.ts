import type { Genre } from './genre.ts';
import type { Language } from './types.ts';

/** What a person asked, as plain data. `Reference` is how the platform names a picture until its bytes are fetched. */
export interface Request<Reference> {
  readonly image: Reference;
  /** The genre to explain; null: the most probable one. */
  readonly why: Genre | null;
  readonly language: Language;
}
