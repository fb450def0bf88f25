import type { Genre } from '../core/genre.ts';
import { type FactName, leaning, traitsOf } from '../core/genre-leanings.ts';
import type { Phrasings, Pick } from '../core/pick.ts';
import type { TellingFact } from '../core/telling-facts.ts';

/** Noun phrases for each fact: when there is more of it than in most photos, and when there is very much. */
export type FactPhrases = Readonly<Record<FactName, { readonly much: Phrasings; readonly most: Phrasings }>>;

/** Full sentences that name the genre and say why the fact suits it. A pair may leave it to one of its traits. */
export type Reasons = Readonly<Record<Genre, Partial<Readonly<Record<FactName, Phrasings>>>>>;

/** The noun phrases of the facts, in their order. */
export function factPhrases(phrases: FactPhrases, facts: readonly TellingFact[], pick: Pick): string[] {
  return facts.map(({ name, strong }) => pick(name, strong ? phrases[name].most : phrases[name].much));
}

/** Why the fact suits the genre, or null when it does not. */
export function reasonsFor(reasons: Reasons, name: FactName, genre: Genre): Phrasings | null {
  if (leaning(name, genre) <= 0) return null;
  const names = [name, ...traitsOf(name)];
  return names.map((each) => reasons[genre][each]).find((found) => found !== undefined) ?? null;
}
