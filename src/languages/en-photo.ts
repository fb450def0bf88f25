import type { ExplanationPlan } from '../core/explanation-plan.ts';
import type { TellingFact } from '../core/telling-facts.ts';
import { enPercent, enGenres as genres, list, sentence } from './en-names.ts';
import { enPhrases } from './en-phrases.ts';
import { enReasons } from './en-reasons.ts';
import { factPhrases, reasonsFor } from './fact-phrases.ts';

/** Why this photo fits the genre, or does not. */
export function enPhoto(plan: ExplanationPlan): string {
  const say = { clear, shared, asked }[plan.standing];
  return say(plan).filter(Boolean).join(' ');
}

function phrase(plan: ExplanationPlan, facts: readonly TellingFact[]): string {
  return list(factPhrases(enPhrases, facts, plan.pick));
}

function clear(plan: ExplanationPlan): string[] {
  const [main] = plan.facts.for;
  if (!main) return unexplained(plan);
  const reasons = reasonsFor(enReasons, main.name, plan.genre);
  return [opening(plan), reasons ? plan.pick('reason', reasons) : '', but(plan)];
}

function opening(plan: ExplanationPlan): string {
  const what = phrase(plan, plan.opening);
  return plan.pick('opening', [
    `What sets this photo apart: ${what}.`,
    `This photo is built on ${what}.`,
    `The first thing to notice here is ${what}.`,
    `Step back from this photo and what remains is ${what}.`,
    `${sentence(what)}: that is the look of this photo.`,
  ]);
}

function but(plan: ExplanationPlan): string {
  const { facts, genre, pick } = plan;
  if (facts.against.length === 0) return '';
  const what = phrase(plan, facts.against.slice(0, 1));
  if (!facts.suits) return `${sentence(what)} would not be typical of ${genres[genre]}, though.`;
  const other = genres[facts.suits];
  return pick('but', [
    `It is not all one way: ${what} would be more at home in ${other}.`,
    `${sentence(what)} would fit ${other} better, though.`,
    `Then again, ${what} could point to ${other}.`,
  ]);
}

/** The model chose the genre although nothing that was measured speaks for it. */
function unexplained(plan: ExplanationPlan): string[] {
  const genre = genres[plan.genre];
  if (plan.opening.length === 0) {
    return [
      'Light, colour and contrast are all middling in this photo, so they argue for no genre in particular.',
      `What led the model to ${genre} was not measured; perhaps it was shapes.`,
    ];
  }
  const { suits } = plan.facts;
  const verdict = suits
    ? plan.pick('unexplained', [
        `Taken alone, that would suit ${genres[suits]} better; perhaps it was shapes that led the model to ${genre}.`,
        `Going by that, it could have been ${genres[suits]}. The model chose ${genre}, perhaps going by shapes.`,
      ])
    : plan.pick('unexplained', [
        `None of that belongs to ${genre} in particular: the model may have gone by shapes instead.`,
        `That neither helps nor hinders ${genre}, so perhaps it was shapes that led the model there.`,
      ]);
  return [opening(plan), verdict];
}

function shared(plan: ExplanationPlan): string[] {
  const { genre, rival, scores, pick, facts, look } = plan;
  const [first, second] = [genres[genre], genres[rival]];
  const [most, next] = [enPercent(scores[genre]), enPercent(scores[rival])];
  const start = pick('shared', [
    `No genre has this photo to itself: it lies between ${first} (${most}) and ${second} (${next}).`,
    `Two genres share this photo, ${first} with ${most} and ${second} with ${next}.`,
    `This one sits between ${first} and ${second}, ${most} to ${next}.`,
  ]);
  const both = facts.both.length > 0 ? `Both can claim ${phrase(plan, facts.both.slice(0, 1))}.` : '';
  const unsettled =
    look.length > 0
      ? `What stands out, ${phrase(plan, look)}, settles nothing between the two; perhaps shapes weighed for both.`
      : 'Light and colour are middling here and settle nothing; perhaps shapes weighed for both.';
  const sides = bySide(plan);
  return [start, both, sides || (both ? '' : unsettled)];
}

function bySide(plan: ExplanationPlan): string {
  const [first, second] = [genres[plan.genre], genres[plan.rival]];
  const mine = phrase(plan, plan.facts.genreOnly.slice(0, 1));
  const theirs = phrase(plan, plan.facts.rivalOnly.slice(0, 1));
  if (mine && theirs) return `${sentence(mine)} would point to ${first}, ${theirs} to ${second}.`;
  if (!(mine || theirs)) return '';
  const [pointed, unpointed] = mine ? [first, second] : [second, first];
  return `${sentence(mine || theirs)} would point to ${pointed}; what points to ${unpointed} may be shapes.`;
}

function asked(plan: ExplanationPlan): string[] {
  const { genre, rival, facts } = plan;
  const support = facts.for.length > 0 ? `${sentence(phrase(plan, facts.for))} would suit it.` : '';
  const suitsRival = facts.suits === rival ? `, more at home in ${genres[rival]}` : '';
  if (facts.against.length > 0) {
    const against = phrase(plan, facts.against);
    const start = support || 'Nothing in the light or colour of this photo speaks for it.';
    return [standing(plan), start, `Against it: ${against}${suitsRival}.`];
  }
  const shapes = `may have been shapes that decided for ${genres[rival]}`;
  return support
    ? [standing(plan), support, `Nothing measured speaks against it, so it ${shapes}.`]
    : [standing(plan), `Light and colour speak neither for ${genres[genre]} nor against it; it ${shapes}.`];
}

function standing({ genre, rival, scores, blend, pick }: ExplanationPlan): string {
  const share = enPercent(scores[genre]);
  if (!blend) {
    const won = enPercent(scores[rival]);
    return pick('asked', [
      `You asked about ${genres[genre]}: it gets ${share} here, and ${genres[rival]} wins with ${won}.`,
      `The model gives ${genres[genre]} ${share}; the photo goes to ${genres[rival]}, with ${won}.`,
    ]);
  }
  const [first, second] = blend;
  const pair = `${genres[first]} (${enPercent(scores[first])}) and ${genres[second]} (${enPercent(scores[second])})`;
  if (blend.includes(genre))
    return `You asked about ${genres[genre]}, and it has its share: the photo lies between ${pair}.`;
  return `You asked about ${genres[genre]}: it gets ${share}, while the photo lies between ${pair}.`;
}
