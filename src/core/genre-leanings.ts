import type { Genre } from './genre.ts';
import type { Colour } from './types.ts';

/** What a picture is more of than most: five measures, each with two ends. */
export type Tendency =
  | 'dark'
  | 'bright'
  | 'soft'
  | 'hard'
  | 'muted'
  | 'vivid'
  | 'cool'
  | 'warm'
  | 'smooth'
  | 'busy';

export type Trait = Tendency | Colour;

/** Traits that say more together than one by one. */
export type Pair = keyof typeof PAIR_LEANINGS;

export type FactName = Trait | Pair;

interface Leaning {
  readonly for: readonly Genre[];
  readonly against: readonly Genre[];
}

/**
 * Which genres a fact is common in (at least 1.2 times its overall share) and rare in (at most 0.8 times), counted
 * where it is told as a fact of its own, over 4,500 labelled pictures, 900 of each genre.
 */
const TRAIT_LEANINGS: Readonly<Record<Trait, Leaning>> = {
  dark: { for: ['jazz'], against: ['pop'] },
  bright: { for: ['pop', 'classical'], against: ['electronic'] },
  soft: { for: ['electronic'], against: [] },
  hard: { for: ['jazz', 'pop'], against: ['electronic', 'classical'] },
  muted: { for: ['classical'], against: [] },
  vivid: { for: [], against: ['rock', 'classical'] },
  cool: { for: ['classical', 'electronic'], against: ['jazz', 'pop'] },
  warm: { for: ['pop'], against: ['electronic'] },
  smooth: { for: ['classical'], against: ['pop', 'rock'] },
  busy: { for: ['pop', 'rock', 'classical'], against: ['electronic', 'jazz'] },
  black: { for: ['jazz', 'rock'], against: ['pop', 'classical'] },
  grey: { for: ['rock', 'electronic'], against: ['pop'] },
  white: { for: ['rock'], against: ['electronic'] },
  red: { for: ['pop', 'rock'], against: ['classical', 'jazz'] },
  orange: { for: ['jazz'], against: ['electronic'] },
  brown: { for: ['jazz'], against: ['electronic', 'classical'] },
  yellow: { for: ['pop', 'jazz'], against: ['electronic', 'rock'] },
  green: { for: ['classical', 'pop'], against: ['electronic', 'jazz', 'rock'] },
  teal: { for: ['pop', 'electronic'], against: ['jazz', 'rock'] },
  blue: { for: ['classical', 'pop'], against: ['jazz', 'rock'] },
  purple: { for: ['electronic'], against: ['rock', 'jazz', 'pop', 'classical'] },
  pink: { for: ['electronic', 'pop'], against: ['jazz', 'classical'] },
};

/** The same for two traits at once. A trait joins only one pair: the first of these. */
const PAIR_LEANINGS = {
  'dark+warm': { for: ['jazz', 'rock'], against: ['classical', 'pop', 'electronic'] },
  'dark+cool': { for: ['electronic'], against: ['pop', 'jazz', 'classical', 'rock'] },
  'dark+vivid': { for: ['electronic'], against: ['pop', 'classical'] },
  'dark+muted': { for: ['electronic', 'rock'], against: ['pop', 'classical'] },
  'bright+cool': { for: ['classical', 'pop'], against: ['jazz', 'rock', 'electronic'] },
  'bright+warm': { for: ['pop', 'jazz'], against: ['electronic', 'rock'] },
  'bright+soft': { for: ['classical', 'pop'], against: ['rock', 'jazz'] },
  'hard+muted': { for: ['rock'], against: ['electronic', 'pop'] },
  'busy+muted': { for: ['rock'], against: ['electronic', 'pop'] },
  'warm+brown': { for: ['jazz'], against: ['electronic', 'classical'] },
  'vivid+warm': { for: ['pop'], against: ['electronic'] },
  'cool+blue': { for: ['classical', 'electronic'], against: ['jazz', 'rock'] },
  'vivid+blue': { for: ['electronic'], against: ['jazz', 'rock', 'classical'] },
  'soft+smooth': { for: ['electronic'], against: ['pop', 'jazz', 'rock', 'classical'] },
  'hard+busy': { for: ['pop', 'rock'], against: ['electronic', 'classical'] },
  'muted+grey': { for: ['classical', 'jazz'], against: ['electronic', 'pop'] },
  'dark+black': { for: ['electronic', 'rock'], against: ['pop', 'classical'] },
  'bright+white': { for: ['pop'], against: ['electronic', 'jazz'] },
} as const satisfies Readonly<Record<string, Leaning>>;

export const PAIRS = Object.keys(PAIR_LEANINGS) as readonly Pair[];

const LEANINGS: Readonly<Record<FactName, Leaning>> = { ...TRAIT_LEANINGS, ...PAIR_LEANINGS };

export const FACT_NAMES = Object.keys(LEANINGS) as readonly FactName[];

/** The one or two traits in a fact's name. */
export function traitsOf(name: FactName): Trait[] {
  return name.split('+') as Trait[];
}

/** 1 when the fact is more common in that genre's pictures than in others, −1 when rarer, 0 when neither. */
export function leaning(name: FactName, genre: Genre): -1 | 0 | 1 {
  if (LEANINGS[name].for.includes(genre)) return 1;
  return LEANINGS[name].against.includes(genre) ? -1 : 0;
}
