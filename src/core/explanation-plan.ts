import type { Genre } from './genre.ts';
import { leaning } from './genre-leanings.ts';
import { changeName, type HeatChanges, heatChanges } from './heat-changes.ts';
import { createPick, type Pick } from './pick.ts';
import type { ExplainRequest } from './ports.ts';
import { type TellingFact, tellingFacts } from './telling-facts.ts';
import type { Place } from './types.ts';

/** What is to be said about a photo, before it is said in a language. */
export interface ExplanationPlan {
  readonly genre: Genre;
  /** Whom it is compared with: the winner when another genre was asked about, else the second. */
  readonly rival: Genre;
  /** Calibrated probabilities of any genre that is named. */
  readonly scores: ExplainRequest['scores'];
  readonly blend: ExplainRequest['blend'];
  readonly standing: 'clear' | 'shared' | 'asked';
  /** What sets the photo apart, most unusual first, at most two. */
  readonly look: readonly TellingFact[];
  readonly facts: FactsByGenre;
  readonly heat: HeatPlan;
  readonly pick: Pick;
}

/** The telling facts, sorted by what they say about the genre and its rival; each list strongest first, at most two. */
export interface FactsByGenre {
  readonly for: readonly TellingFact[];
  readonly against: readonly TellingFact[];
  /** The genre that the first of `against` would suit instead. */
  readonly suits: Genre | null;
  /** Common to both the genre and its rival, then what only one of them has. */
  readonly both: readonly TellingFact[];
  readonly genreOnly: readonly TellingFact[];
  readonly rivalOnly: readonly TellingFact[];
}

export type Spread = 'tight' | 'gathered' | 'broad' | 'everywhere';

/** Null when nothing in the picture speaks for the genre. */
export type HeatPlan = {
  readonly place: Place;
  readonly spread: Spread;
  /** The share of the picture that holds half of the heat. */
  readonly halfArea: number;
  readonly changes: HeatChanges;
  /** The changes are more common in the genre than elsewhere. */
  readonly fits: boolean;
} | null;

function suitedGenre(fact: TellingFact | undefined, request: ExplainRequest): Genre | null {
  if (!fact) return null;
  return request.ranking.find((other) => other !== request.genre && leaning(fact.name, other) > 0) ?? null;
}

function sortFacts(facts: readonly TellingFact[], request: ExplainRequest, rival: Genre): FactsByGenre {
  const { genre } = request;
  const against = facts.filter(({ name }) => leaning(name, genre) < 0);
  const suitsBoth = (fact: TellingFact): boolean =>
    leaning(fact.name, genre) > 0 && leaning(fact.name, rival) > 0;
  const only = (mine: Genre) => (fact: TellingFact) => leaning(fact.name, mine) > 0 && !suitsBoth(fact);
  // A fact that is typical of the rival makes a better case against than one that is typical of none.
  against.sort((a, b) => leaning(b.name, rival) - leaning(a.name, rival));
  return {
    for: facts.filter(({ name }) => leaning(name, genre) > 0).slice(0, 2),
    against: against.slice(0, 2),
    suits: suitedGenre(against[0], request),
    both: facts.filter(suitsBoth).slice(0, 2),
    genreOnly: facts.filter(only(genre)).slice(0, 2),
    rivalOnly: facts.filter(only(rival)).slice(0, 2),
  };
}

function spreadOf(halfArea: number): Spread {
  if (halfArea < 0.12) return 'tight';
  if (halfArea < 0.24) return 'gathered';
  return halfArea < 0.38 ? 'broad' : 'everywhere';
}

function planHeat({ evidence, appearance, genre }: ExplainRequest): HeatPlan {
  if (evidence.blank) return null;
  const changes = heatChanges(evidence.hot, appearance);
  const name = changeName(changes);
  const fits = name !== null && leaning(name, genre) > 0;
  return {
    place: evidence.place,
    spread: spreadOf(evidence.halfArea),
    halfArea: evidence.halfArea,
    changes,
    fits,
  };
}

/** Chooses what to say, from nothing but what was measured. */
export function planExplanation(request: ExplainRequest): ExplanationPlan {
  const { genre, ranking, blend } = request;
  const winner = ranking[0] ?? genre;
  const asked = genre !== winner;
  const rival = asked ? winner : (ranking[1] ?? genre);
  const facts = tellingFacts(request.appearance);
  return {
    genre,
    rival,
    scores: request.scores,
    blend,
    standing: asked ? 'asked' : blend ? 'shared' : 'clear',
    look: facts.slice(0, 2),
    facts: sortFacts(facts, request, rival),
    heat: planHeat(request),
    pick: createPick(request.sha256),
  };
}
