import type { Genre } from './genre.ts';

/** What marks a genre wherever it has a colour, 0xRRGGBB. */
export const GENRE_COLOURS: Readonly<Record<Genre, number>> = {
  classical: 0x3f7cac,
  electronic: 0x9b5de5,
  jazz: 0xe0a526,
  pop: 0xf15bb5,
  rock: 0xd1495b,
};
