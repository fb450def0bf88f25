import type { Genre } from './genre.ts';
import { changesSuit, type HeatChanges, heatChanges } from './heat-changes.ts';
import { createPick, type Pick } from './pick.ts';
import type { ExplainRequest } from './ports.ts';
import { openingFacts, type SortedFacts, sortFacts } from './sort-facts.ts';
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
  /** What sets the photo apart, most unusual first, at most two; empty for an ordinary photo. */
  readonly look: readonly TellingFact[];
  /** What to begin with: what suits the genre, or, when nothing does, what suits another; at most two. */
  readonly opening: readonly TellingFact[];
  readonly facts: SortedFacts;
  readonly heat: HeatPlan;
  readonly pick: Pick;
}

export type Spread = 'tight' | 'gathered' | 'broad' | 'everywhere';

/** Null when nothing in the picture speaks for the genre. */
export type HeatPlan = {
  readonly place: Place;
  readonly spread: Spread;
  /** The share of the picture that holds half of the heat. */
  readonly halfArea: number;
  readonly changes: HeatChanges;
  /** The changes make the hot part look more like the genre. */
  readonly fits: boolean;
} | null;

/** The shipped net's 10 × 10 map keeps half of its heat in 0.08 … 0.20 of nine in ten pictures, 0.13 of the middle one. */
function spreadOf(halfArea: number): Spread {
  if (halfArea < 0.11) return 'tight';
  if (halfArea < 0.17) return 'gathered';
  return halfArea < 0.36 ? 'broad' : 'everywhere';
}

function planHeat({ evidence, appearance, genre }: ExplainRequest): HeatPlan {
  if (evidence.blank) return null;
  const changes = heatChanges(evidence.hot, appearance);
  return {
    place: evidence.place,
    spread: spreadOf(evidence.halfArea),
    halfArea: evidence.halfArea,
    changes,
    fits: changesSuit(changes, evidence.hot, genre),
  };
}

/** Chooses what to say, from nothing but what was measured. */
export function planExplanation(request: ExplainRequest): ExplanationPlan {
  const { genre, ranking, blend } = request;
  const winner = ranking[0] ?? genre;
  const asked = genre !== winner;
  const rival = asked ? winner : (ranking[1] ?? genre);
  const telling = tellingFacts(request.appearance);
  const look = telling.slice(0, 2);
  const facts = sortFacts(telling, genre, rival, ranking);
  return {
    genre,
    rival,
    scores: request.scores,
    blend,
    standing: asked ? 'asked' : blend ? 'shared' : 'clear',
    look,
    opening: openingFacts(look, facts),
    facts,
    heat: planHeat(request),
    pick: createPick(request.sha256),
  };
}
