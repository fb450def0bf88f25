import { LANGUAGES } from '../../src/languages/languages.ts';
import type { Shown } from './person.ts';

const { card } = LANGUAGES.en;

/** It is an answer to photos, with its words: nothing is still to come. */
export function isWhole({ hasPicture, text }: Shown): boolean {
  return hasPicture && text.includes(card.photoHeading) && !text.includes(card.pending);
}
