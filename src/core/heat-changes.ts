import type { Genre } from './genre.ts';
import { leaning, type Tendency, type Trait, traitsOf } from './genre-leanings.ts';
import { tellingFacts } from './telling-facts.ts';
import type { Appearance, Colour } from './types.ts';

/** How the hot part differs from the picture as a whole. */
export interface HeatChanges {
  /** Up to two, the clearest first: the hot part is darker, busier … than the whole. */
  readonly more: readonly Tendency[];
  /** A colour that it has clearly more of. */
  readonly colour: Colour | null;
}

type Measure = Exclude<keyof Appearance, 'colours'>;

/**
 * How much a measure must differ to be seen. A part always has less contrast than the whole, so only more is told.
 */
const VISIBLE: readonly (readonly [Measure, Tendency | null, Tendency, number])[] = [
  ['brightness', 'dark', 'bright', 0.08],
  ['contrast', null, 'hard', 0.03],
  ['saturation', 'muted', 'vivid', 0.1],
  ['warmth', 'cool', 'warm', 0.06],
  ['edges', 'smooth', 'busy', 0.01],
];
const VISIBLE_SHARE = 0.15;

function shareOf(appearance: Appearance, colour: Colour): number {
  return appearance.colours.find((entry) => entry.colour === colour)?.share ?? 0;
}

export function heatChanges(hot: Appearance, whole: Appearance): HeatChanges {
  const more = VISIBLE.map(([measure, less, greater, visible]) => {
    const change = (hot[measure] - whole[measure]) / visible;
    return { name: change < 0 ? less : greater, size: Math.abs(change) };
  })
    .filter(({ size }) => size >= 1)
    .sort((a, b) => b.size - a.size)
    .flatMap(({ name }) => name ?? [])
    .slice(0, 2);
  const gains = hot.colours
    .map(({ colour, share }) => ({ colour, gain: share - shareOf(whole, colour) }))
    .filter(({ gain }) => gain >= VISIBLE_SHARE)
    .sort((a, b) => b.gain - a.gain);
  return { more, colour: gains[0]?.colour ?? null };
}

/** One of the changes makes the hot part look like the genre, and none makes it look less so. */
export function changesSuit(changes: HeatChanges, hot: Appearance, genre: Genre): boolean {
  const changed: readonly Trait[] = changes.colour ? [...changes.more, changes.colour] : changes.more;
  const suited = tellingFacts(hot).filter(({ name }) => leaning(name, genre) > 0);
  return (
    suited.some(({ name }) => traitsOf(name).some((trait) => changed.includes(trait))) &&
    changed.every((trait) => leaning(trait, genre) >= 0)
  );
}
