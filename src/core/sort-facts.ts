import type { Genre } from './genre.ts';
import { leaning } from './genre-leanings.ts';
import type { TellingFact } from './telling-facts.ts';

/** The telling facts by what they say about a genre and its rival; each list strongest first, at most two. */
export interface SortedFacts {
  readonly for: readonly TellingFact[];
  readonly against: readonly TellingFact[];
  /** The genre that `against` would suit instead, the first of them in any case. */
  readonly suits: Genre | null;
  /** Common to both the genre and its rival. */
  readonly both: readonly TellingFact[];
  readonly genreOnly: readonly TellingFact[];
  readonly rivalOnly: readonly TellingFact[];
}

const LONGEST = 2;

/** `ranking`: most probable first. */
export function sortFacts(
  facts: readonly TellingFact[],
  genre: Genre,
  rival: Genre,
  ranking: readonly Genre[],
): SortedFacts {
  const suits = (mine: Genre) => (fact: TellingFact) => leaning(fact.name, mine) > 0;
  const mine = facts.filter(suits(genre));
  const theirs = facts.filter(suits(rival));
  const against = factsAgainst(facts, genre, rival);
  return {
    for: mine.slice(0, LONGEST),
    against,
    suits: suitedGenre(against, ranking),
    both: mine.filter(suits(rival)).slice(0, LONGEST),
    genreOnly: mine.filter((fact) => !theirs.includes(fact)).slice(0, LONGEST),
    rivalOnly: theirs.filter((fact) => !mine.includes(fact)).slice(0, LONGEST),
  };
}

/** Those that are typical of the rival where there are such, for they make the better case. */
function factsAgainst(facts: readonly TellingFact[], genre: Genre, rival: Genre): TellingFact[] {
  const against = facts.filter(({ name }) => leaning(name, genre) < 0);
  const typical = against.filter(({ name }) => leaning(name, rival) > 0);
  return (typical.length > 0 ? typical : against).slice(0, LONGEST);
}

function suitedGenre(facts: readonly TellingFact[], ranking: readonly Genre[]): Genre | null {
  const [first] = facts;
  if (!first) return null;
  const points = (genre: Genre): number => facts.reduce((sum, { name }) => sum + leaning(name, genre), 0);
  const suited = ranking.filter((genre) => leaning(first.name, genre) > 0);
  return suited.sort((a, b) => points(b) - points(a))[0] ?? null;
}

/** What to begin with: what suits the genre, or, when nothing does, what suits another; filled up from the look. */
export function openingFacts(look: readonly TellingFact[], facts: SortedFacts): TellingFact[] {
  const { suits } = facts;
  const explained = facts.for.length > 0;
  const fits = (fact: TellingFact): boolean => {
    if (explained) return !facts.against.includes(fact);
    return suits === null || leaning(fact.name, suits) >= 0;
  };
  const first = explained ? facts.for : facts.against;
  return [...new Set([...first, ...look])].filter(fits).slice(0, LONGEST);
}
