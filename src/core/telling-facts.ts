import { type FactName, PAIRS, type Tendency, traitsOf } from './genre-leanings.ts';
import type { Appearance, Colour } from './types.ts';

/** One thing about a picture that most pictures do not have. */
export interface TellingFact {
  readonly name: FactName;
  /** How far from the ordinary: 0.5 (as far as a quarter of all pictures) … 1 (hardly any other). */
  readonly strength: number;
  /** So much of it that the words may say so. */
  readonly strong: boolean;
}

type Measure = Exclude<keyof Appearance, 'colours'>;

/** Each measure's 2, 10, 25, 50, 75, 90 and 98 % quantiles over 4,500 pictures (edges, which depend on the size, over 5,071 at 320 px), and the names of its two ends. */
const ORDINARY: readonly (readonly [Measure, Tendency, Tendency, readonly number[]])[] = [
  ['brightness', 'dark', 'bright', [0.067, 0.184, 0.31, 0.426, 0.525, 0.622, 0.805]],
  ['contrast', 'soft', 'hard', [0.067, 0.124, 0.166, 0.21, 0.25, 0.287, 0.343]],
  ['saturation', 'muted', 'vivid', [0, 0.079, 0.172, 0.282, 0.422, 0.571, 0.793]],
  ['warmth', 'cool', 'warm', [-0.28, -0.107, -0.026, 0.03, 0.108, 0.199, 0.359]],
  ['edges', 'smooth', 'busy', [0.004, 0.009, 0.014, 0.021, 0.03, 0.04, 0.055]],
];
const STRENGTHS = [-1, -0.8, -0.5, 0, 0.5, 0.8, 1];
const TELLING = 0.5;
const STRONG = 0.8;

/** The share from which a colour is worth telling, and the one from which it is rare to see as much. */
const PLENTY: Readonly<Record<Colour, readonly [number, number]>> = {
  grey: [0.5, 0.8],
  black: [0.25, 0.55],
  brown: [0.25, 0.5],
  blue: [0.18, 0.5],
  green: [0.18, 0.45],
  white: [0.15, 0.4],
  red: [0.1, 0.3],
  orange: [0.1, 0.3],
  yellow: [0.1, 0.3],
  teal: [0.1, 0.3],
  purple: [0.1, 0.3],
  pink: [0.1, 0.3],
};

/** A share of the picture from which a colour can be said to fill it. */
const MOST = 0.55;

/** What goes without saying once the other has been said. */
const IMPLIED: readonly (readonly [Tendency, Colour])[] = [
  ['dark', 'black'],
  ['bright', 'white'],
  ['muted', 'grey'],
];

/** −1 … 1, straight between the quantiles. */
function deviation(value: number, quantiles: readonly number[]): number {
  const above = quantiles.findIndex((quantile) => value < quantile);
  if (above === 0) return -1;
  if (above < 0) return 1;
  const [low = 0, high = 0] = [quantiles[above - 1], quantiles[above]];
  const [from = 0, to = 0] = [STRENGTHS[above - 1], STRENGTHS[above]];
  return from + ((value - low) / (high - low)) * (to - from);
}

function tendencies(appearance: Appearance): TellingFact[] {
  return ORDINARY.map(([measure, low, high, quantiles]) => {
    const off = deviation(appearance[measure], quantiles);
    const strength = Math.abs(off);
    return { name: off < 0 ? low : high, strength, strong: strength >= STRONG };
  });
}

function colours(appearance: Appearance): TellingFact[] {
  return appearance.colours.map(({ colour, share }) => {
    const [plenty, rare] = PLENTY[colour];
    const strength = TELLING + ((share - plenty) / (rare - plenty)) * (STRONG - TELLING);
    return { name: colour, strength: Math.min(1, strength), strong: share >= MOST };
  });
}

/** Joins facts into pairs, the first in the table going first. */
function pairUp(facts: readonly TellingFact[]): TellingFact[] {
  const left = new Map(facts.map((fact) => [fact.name, fact]));
  const paired = PAIRS.flatMap((name) => {
    const [first, second] = traitsOf(name).map((trait) => left.get(trait));
    if (!(first && second)) return [];
    left.delete(first.name);
    left.delete(second.name);
    const strength = Math.max(first.strength, second.strength);
    return [{ name, strength, strong: first.strong && second.strong }];
  });
  return [...paired, ...left.values()];
}

/** What sets the picture apart from most others, the most unusual first; empty for an ordinary one. */
export function tellingFacts(appearance: Appearance): TellingFact[] {
  const single = [...tendencies(appearance), ...colours(appearance)].filter(
    ({ strength }) => strength >= TELLING,
  );
  const facts = pairUp(single);
  const said = new Set(facts.flatMap(({ name }) => traitsOf(name)));
  const implied = new Set<FactName>(IMPLIED.filter(([by]) => said.has(by)).map(([, colour]) => colour));
  return facts.filter(({ name }) => !implied.has(name)).sort((a, b) => b.strength - a.strength);
}
