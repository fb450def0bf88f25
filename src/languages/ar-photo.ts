import type { ExplanationPlan } from '../core/explanation-plan.ts';
import type { TellingFact } from '../core/telling-facts.ts';
import { arList, arPercent, forMusic, arMusic as music } from './ar-names.ts';
import { arPhrases } from './ar-phrases.ts';
import { arReasons } from './ar-reasons.ts';
import { factPhrases, reasonsFor } from './fact-phrases.ts';

/** Why this photo fits the genre, or does not. */
export function arPhoto(plan: ExplanationPlan): string {
  const say = { clear, shared, asked }[plan.standing];
  return say(plan).filter(Boolean).join(' ');
}

function phrase(plan: ExplanationPlan, facts: readonly TellingFact[]): string {
  return arList(factPhrases(arPhrases, facts, plan.pick));
}

function clear(plan: ExplanationPlan): string[] {
  const [main] = plan.facts.for;
  if (!main) return unexplained(plan);
  const reasons = reasonsFor(arReasons, main.name, plan.genre);
  return [opening(plan), reasons ? plan.pick('reason', reasons) : '', but(plan)];
}

function opening(plan: ExplanationPlan): string {
  const what = phrase(plan, plan.opening);
  return plan.pick('opening', [
    `أول ما يلفت النظر في هذه الصورة ${what}.`,
    `تقوم هذه الصورة على ${what}.`,
    `ما يميز هذه الصورة عن غيرها: ${what}.`,
    `من بعيد، أكثر ما يبقى من هذه الصورة ${what}.`,
    `في هذه الصورة ${what}.`,
  ]);
}

function but(plan: ExplanationPlan): string {
  const { facts, genre, pick } = plan;
  if (facts.against.length === 0) return '';
  const what = phrase(plan, facts.against.slice(0, 1));
  if (!facts.suits) return `لكن في الصورة أيضًا ${what}، وليس هذا مألوفًا في ${music[genre]}.`;
  const other = music[facts.suits];
  return pick('but', [
    `لكن في الصورة أيضًا ${what}، وهذا أقرب إلى ${other}.`,
    `في المقابل هناك ${what}، مما يناسب ${other} أكثر.`,
    `ومع ذلك ففي الصورة ${what}، وهو ما يناسب ${other} أكثر.`,
  ]);
}

/** The model chose the genre although nothing that was measured speaks for it. */
function unexplained(plan: ExplanationPlan): string[] {
  const genre = music[plan.genre];
  if (plan.opening.length === 0) {
    return [
      'الضوء والألوان والتباين كلها متوسطة في هذه الصورة، فلا ترجّح نوعًا على آخر.',
      `أما ما قاد النموذج إلى ${genre} فلم يُقَس، وربما كانت الأشكال هي السبب.`,
    ];
  }
  const { suits } = plan.facts;
  const verdict = suits
    ? plan.pick('unexplained', [
        `هذا وحده أقرب إلى ${music[suits]}، ولعل الأشكال هي التي قادت النموذج إلى ${genre}.`,
        `لو كان الحكم بهذا وحده لأمكن أن تميل الصورة إلى ${music[suits]}، لكن النموذج اختار ${genre}، ولعله احتكم إلى الأشكال.`,
      ])
    : plan.pick('unexplained', [
        `ليس في ذلك ما يخص ${genre} دون سائر الأنواع، ولعل الأشكال هي التي قادت النموذج.`,
        `هذا لا يقرّب الصورة من ${genre} ولا يبعدها، فلعل الأشكال هي التي قادت النموذج.`,
      ]);
  return [opening(plan), verdict];
}

function shared(plan: ExplanationPlan): string[] {
  const { genre, rival, scores, pick, facts, look } = plan;
  const [first, second] = [music[genre], music[rival]];
  const [most, next] = [arPercent(scores[genre]), arPercent(scores[rival])];
  const start = pick('shared', [
    `لا ينفرد نوع واحد بهذه الصورة، فهي بين ${first} (${most}) و${second} (${next}).`,
    `يتقاسم هذه الصورة نوعان: ${first} بنسبة ${most} و${second} بنسبة ${next}.`,
    `تقف هذه الصورة بين ${first} و${second}، ${most} مقابل ${next}.`,
  ]);
  const both =
    facts.both.length > 0 ? `في الصورة ما يناسب النوعين معًا: ${phrase(plan, facts.both.slice(0, 1))}.` : '';
  const unsettled =
    look.length > 0
      ? `أبرز ما في الصورة ${phrase(plan, look)}، وهذا لا يرجّح أحد النوعين، فربما كان للأشكال أثر في كليهما.`
      : 'الضوء والألوان هنا متوسطة لا ترجّح أحد النوعين، فربما كان للأشكال أثر في كليهما.';
  const sides = bySide(plan);
  return [start, both, sides || (both ? '' : unsettled)];
}

function bySide(plan: ExplanationPlan): string {
  const mine = phrase(plan, plan.facts.genreOnly.slice(0, 1));
  const theirs = phrase(plan, plan.facts.rivalOnly.slice(0, 1));
  const [first, second] = [music[plan.genre], music[plan.rival]];
  if (mine && theirs) return `ما قد يقرّب الصورة من ${first}: ${mine}، وما قد يقرّبها من ${second}: ${theirs}.`;
  if (!(mine || theirs)) return '';
  const [near, far] = mine ? [first, second] : [second, first];
  return `ما قد يقرّب الصورة من ${near}: ${mine || theirs}، أما قربها من ${far} فربما جاء من الأشكال.`;
}

function asked(plan: ExplanationPlan): string[] {
  const { genre, rival, facts } = plan;
  const support =
    facts.for.length > 0 ? `في الصورة ما يناسب ${music[genre]}: ${phrase(plan, facts.for)}.` : '';
  const suitsRival = facts.suits === rival ? `، وهذا أقرب إلى ${music[rival]}` : '';
  if (facts.against.length > 0) {
    const start = support
      ? `${support} وفيها أيضًا`
      : `لا شيء في ضوء الصورة أو ألوانها يشهد ${forMusic(genre)}، بل فيها`;
    return [standing(plan), start, `ما لا يناسب هذا النوع: ${phrase(plan, facts.against)}${suitsRival}.`];
  }
  const shapes = `فربما كانت الأشكال هي التي رجّحت كفة ${music[rival]}`;
  return support
    ? [standing(plan), support, `ولا شيء مما قيس يعارض هذا النوع، ${shapes}.`]
    : [standing(plan), `الضوء والألوان هنا لا تؤيد ${music[genre]} ولا تعارض هذا النوع، ${shapes}.`];
}

function standing({ genre, rival, scores, blend, pick }: ExplanationPlan): string {
  const share = arPercent(scores[genre]);
  if (!blend) {
    const won = arPercent(scores[rival]);
    return pick('asked', [
      `سألت عن ${music[genre]}: نصيب هذا النوع هنا ${share}، والغلبة ${forMusic(rival)} بنسبة ${won}.`,
      `نسبة ${music[genre]} عند النموذج ${share}، أما الصورة فمن نصيب ${music[rival]} بنسبة ${won}.`,
    ]);
  }
  const [first, second] = blend;
  const pair = `${music[first]} (${arPercent(scores[first])}) و${music[second]} (${arPercent(scores[second])})`;
  if (blend.includes(genre)) return `سألت عن ${music[genre]}، ولهذا النوع نصيبه: الصورة بين ${pair}.`;
  return `سألت عن ${music[genre]}: نصيب هذا النوع هنا ${share}، أما الصورة فهي بين ${pair}.`;
}
