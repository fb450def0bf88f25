import type { ExplanationPlan, HeatPlan } from '../core/explanation-plan.ts';
import type { Tendency } from '../core/genre-leanings.ts';
import type { Phrasings } from '../core/pick.ts';
import type { Place } from '../core/types.ts';
import { enPercent, enGenres as genres, list, sentence } from './en-names.ts';
import { enPhrases } from './en-phrases.ts';
import { factPhrases } from './fact-phrases.ts';

type Heat = NonNullable<HeatPlan>;

const places: Readonly<Record<Place, string>> = {
  'top-left': 'at the top left',
  top: 'at the top',
  'top-right': 'at the top right',
  left: 'on the left',
  centre: 'in the centre',
  right: 'on the right',
  'bottom-left': 'at the bottom left',
  bottom: 'at the bottom',
  'bottom-right': 'at the bottom right',
};

const comparatives: Readonly<Record<Tendency, string>> = {
  dark: 'darker',
  bright: 'brighter',
  soft: 'softer',
  hard: 'higher in contrast',
  muted: 'paler in colour',
  vivid: 'more colourful',
  cool: 'cooler',
  warm: 'warmer',
  smooth: 'smoother',
  busy: 'busier',
};

/** Where the model found its evidence and how that place looks. */
export function enHeatmap(plan: ExplanationPlan): string {
  return [...(plan.heat ? found(plan, plan.heat) : nothing(plan)), margin(plan)].join(' ');
}

function nothing({ genre, pick }: ExplanationPlan): string[] {
  const name = genres[genre];
  return [
    pick('blank', [
      `Nothing in the picture speaks for ${name}: the model found no spot that led it there, so the heatmap stays blank.`,
      `The heatmap is blank, because nothing in the picture speaks for ${name}.`,
    ]),
  ];
}

function found(plan: ExplanationPlan, heat: Heat): string[] {
  const where = plan.pick('where', whereabouts(heat));
  const start = plan.standing === 'clear' ? sentence(where) : `For ${genres[plan.genre]}, ${where}`;
  return heat.spread === 'everywhere' ? [start] : [start, comparison(plan, heat)];
}

function whereabouts({ spread, place, halfArea }: Heat): Phrasings {
  const [at, area] = [places[place], enPercent(halfArea)];
  switch (spread) {
    case 'tight':
      return [
        `the heat is packed into a small spot ${at}: half of it lies within ${area} of the picture.`,
        `the model fixed on one small area ${at}, where ${area} of the picture holds half of all the heat.`,
      ];
    case 'gathered':
      return [
        `the heat is strongest ${at}, with half of it on ${area} of the picture.`,
        `the model looked above all at what lies ${at}; half of the heat covers ${area} of the picture.`,
      ];
    case 'broad':
      return [
        `the heat spreads widely and peaks ${at}; its stronger half covers ${area} of the picture.`,
        `no small detail did it: the heat reaches over a wide area and is strongest ${at}.`,
      ];
    case 'everywhere':
      return [
        'the heat lies over almost the whole picture, so no single place decided.',
        'the model took in nearly the whole picture evenly; no one place stands out.',
      ];
  }
}

function comparison({ genre, pick }: ExplanationPlan, { changes, fits }: Heat): string {
  const suits = fits ? `, which suits ${genres[genre]}` : '';
  const look = list(changes.more.map((tendency) => comparatives[tendency]));
  if (look) {
    const colour = changes.colour ? `, with more ${changes.colour}` : '';
    return pick('comparison', [
      `That part is ${look} than the picture as a whole${colour}${suits}.`,
      `Compared with the whole picture, it is ${look} there${colour}${suits}.`,
    ]);
  }
  if (changes.colour) return `There is more ${changes.colour} there than in the picture as a whole${suits}.`;
  return pick('comparison', [
    'In light and colour that part looks much like the rest, so perhaps shapes counted there.',
    'Light and colour hardly differ there, so perhaps it was the shapes that mattered.',
  ]);
}

function margin({ genre, rival, scores, standing, heat, pick }: ExplanationPlan): string {
  const [name, other] = [sentence(genres[genre]), genres[rival]];
  const [mine, theirs] = [enPercent(scores[genre]), enPercent(scores[rival])];
  if (standing === 'asked') {
    const ahead = `${other} stays ahead, ${theirs} to ${mine}.`;
    return heat ? `Even so, ${ahead}` : sentence(ahead);
  }
  if (standing === 'shared') {
    return pick('margin', [
      `With ${mine} to ${theirs}, ${other} has its own claim on the photo.`,
      `${sentence(other)}, with ${theirs} against ${mine}, would have a map of its own.`,
    ]);
  }
  const lead = scores[genre] - scores[rival];
  if (lead > 0.5) {
    return pick('margin', [
      `${name} is far ahead with ${mine}; ${other} comes next at ${theirs}.`,
      `The gap is wide: ${mine} for ${genres[genre]}, ${theirs} for ${other} in second place.`,
    ]);
  }
  if (lead > 0.25) {
    return pick('margin', [
      `${name} leads clearly, ${mine} to ${theirs} for ${other}.`,
      `At ${mine}, ${genres[genre]} is well ahead of ${other}, which has ${theirs}.`,
    ]);
  }
  return pick('margin', [
    `${name} leads with ${mine}, followed by ${other} at ${theirs}.`,
    `It stays a contest, though: ${mine} for ${genres[genre]}, ${theirs} for ${other}.`,
  ]);
}

/** One sentence for those who cannot see the heatmap. */
export function enAltText({ look, heat, genre, pick }: ExplanationPlan): string {
  const traits = list(factPhrases(enPhrases, look, pick));
  const photo = traits ? `a photo with ${traits}` : 'a photo of middling light and colour';
  if (!heat) return `Blank heatmap over ${photo}: nothing in it speaks for ${genres[genre]}.`;
  const where = {
    tight: `in a small spot ${places[heat.place]}`,
    gathered: `mainly ${places[heat.place]}`,
    broad: `over a wide area, strongest ${places[heat.place]}`,
    everywhere: 'over almost all of it',
  }[heat.spread];
  return `Heatmap over ${photo}: the heat for ${genres[genre]} lies ${where}.`;
}
