import type { ExplanationPlan, HeatPlan } from '../core/explanation-plan.ts';
import type { Tendency } from '../core/genre-leanings.ts';
import type { Phrasings } from '../core/pick.ts';
import type { Colour, Place } from '../core/types.ts';
import { arList, arPercent, forMusic, arMusic as music } from './ar-names.ts';
import { arPhrases } from './ar-phrases.ts';
import { factPhrases } from './fact-phrases.ts';

type Heat = NonNullable<HeatPlan>;

const places: Readonly<Record<Place, string>> = {
  'top-left': 'أعلى يسار الصورة',
  top: 'أعلى الصورة',
  'top-right': 'أعلى يمين الصورة',
  left: 'يسار الصورة',
  centre: 'وسط الصورة',
  right: 'يمين الصورة',
  'bottom-left': 'أسفل يسار الصورة',
  bottom: 'أسفل الصورة',
  'bottom-right': 'أسفل يمين الصورة',
};

const comparatives: Readonly<Record<Tendency, string>> = {
  dark: 'أغمق',
  bright: 'أكثر إضاءة',
  soft: 'أنعم تباينًا',
  hard: 'أشد تباينًا',
  muted: 'أهدأ لونًا',
  vivid: 'أقوى لونًا',
  cool: 'أبرد',
  warm: 'أدفأ',
  smooth: 'أقل تفاصيل',
  busy: 'أغنى بالتفاصيل',
};

const colours: Readonly<Record<Colour, string>> = {
  black: 'الأسود',
  grey: 'الرمادي',
  white: 'الأبيض',
  red: 'الأحمر',
  orange: 'البرتقالي',
  brown: 'البني',
  yellow: 'الأصفر',
  green: 'الأخضر',
  teal: 'الفيروزي',
  blue: 'الأزرق',
  purple: 'البنفسجي',
  pink: 'الوردي',
};

/** Where the model found its evidence and how that place looks. */
export function arHeatmap(plan: ExplanationPlan): string {
  return [...(plan.heat ? found(plan, plan.heat) : nothing(plan)), margin(plan)].join(' ');
}

function nothing({ genre, pick }: ExplanationPlan): string[] {
  return [
    pick('blank', [
      `لا شيء في الصورة يدل على ${music[genre]}: لم يجد النموذج موضعًا واحدًا يقوده إلى هذا النوع، فبقيت الخريطة خالية.`,
      `الخريطة خالية، إذ لا شيء في الصورة يدل على ${music[genre]}.`,
    ]),
  ];
}

function found(plan: ExplanationPlan, heat: Heat): string[] {
  const where = plan.pick('where', whereabouts(heat));
  const start = plan.standing === 'clear' ? where : `بالنسبة إلى ${music[plan.genre]}، ${where}`;
  return heat.spread === 'everywhere' ? [start] : [start, comparison(plan, heat)];
}

function whereabouts({ spread, place, halfArea }: Heat): Phrasings {
  const [at, area] = [places[place], arPercent(halfArea)];
  switch (spread) {
    case 'tight':
      return [
        `تتجمع حرارة الخريطة في بقعة صغيرة ${at}، ويقع نصفها في ${area} فقط من المساحة.`,
        `ركّز النموذج على بقعة ضيقة ${at}، ففي ${area} من المساحة نصف الحرارة كلها.`,
      ];
    case 'gathered':
      return [
        `تشتد حرارة الخريطة في ${at}، ويجتمع نصفها في ${area} من المساحة.`,
        `انصبّ نظر النموذج خصوصًا على ما يقع في ${at}، ونصف الحرارة في ${area} من المساحة.`,
      ];
    case 'broad':
      return [
        `تنتشر حرارة الخريطة على مساحة واسعة وتشتد في ${at}، ويشغل نصفها الأقوى ${area} من المساحة.`,
        `لم يحسم الأمر تفصيل صغير، فالحرارة تمتد على مساحة واسعة وتشتد في ${at}.`,
      ];
    case 'everywhere':
      return [
        'تتوزع حرارة الخريطة على الصورة كلها تقريبًا، فلم يحسم الأمر موضع بعينه.',
        'نظر النموذج إلى الصورة كلها تقريبًا بالتساوي، ولا يبرز فيها موضع دون غيره.',
      ];
  }
}

function comparison({ genre, pick }: ExplanationPlan, { changes, fits }: Heat): string {
  const suits = fits ? `، وهذا يناسب ${music[genre]}` : '';
  const look = arList(changes.more.map((tendency) => comparatives[tendency]));
  if (look) {
    const colour = changes.colour ? `، وفيه قدر أكبر من ${colours[changes.colour]}` : '';
    return pick('comparison', [
      `ذلك الموضع ${look} من الصورة في مجملها${colour}${suits}.`,
      `إذا قورن ذلك الموضع بالصورة كلها فهو ${look}${colour}${suits}.`,
    ]);
  }
  if (changes.colour) return `في ذلك الموضع من ${colours[changes.colour]} أكثر مما في الصورة عمومًا${suits}.`;
  return pick('comparison', [
    'لا يكاد ذلك الموضع يختلف عن بقية الصورة في الضوء واللون، فربما كان للأشكال أثر هناك.',
    'الضوء واللون هناك كما في بقية الصورة تقريبًا، ولعل الأثر كان للأشكال.',
  ]);
}

function margin({ genre, rival, scores, standing, heat, pick }: ExplanationPlan): string {
  const [name, other] = [music[genre], music[rival]];
  const [mine, theirs] = [arPercent(scores[genre]), arPercent(scores[rival])];
  if (standing === 'asked') {
    const ahead = `تبقى كفة ${other} أرجح: ${theirs} مقابل ${mine}.`;
    return heat ? `ومع ذلك ${ahead}` : ahead;
  }
  if (standing === 'shared') {
    return pick('margin', [
      `والنسبة ${mine} مقابل ${theirs}، فلا يزال ${forMusic(rival)} نصيب في الصورة.`,
      `ولو سألت عن ${other} (${theirs} مقابل ${mine}) لرأيت خريطة أخرى.`,
    ]);
  }
  const lead = scores[genre] - scores[rival];
  if (lead > 0.5) {
    return pick('margin', [
      `وكفة ${name} راجحة بفارق كبير: ${mine}، وبعدها ${other} بنسبة ${theirs}.`,
      `والفارق كبير: ${mine} ${forMusic(genre)}، و${theirs} ${forMusic(rival)}.`,
    ]);
  }
  if (lead > 0.25) {
    return pick('margin', [
      `وترجح كفة ${name} بوضوح: ${mine} مقابل ${theirs} ${forMusic(rival)}.`,
      `والفارق واضح: ${mine} ${forMusic(genre)} و${theirs} ${forMusic(rival)}.`,
    ]);
  }
  return pick('margin', [
    `وترجح كفة ${name} بنسبة ${mine}، وبعدها ${other} بنسبة ${theirs}.`,
    `لكن المنافسة قائمة: ${mine} ${forMusic(genre)} و${theirs} ${forMusic(rival)}.`,
  ]);
}

/** One sentence for those who cannot see the heatmap. */
export function arAltText({ look, heat, genre, pick }: ExplanationPlan): string {
  const traits = arList(factPhrases(arPhrases, look, pick));
  const photo = traits ? `صورة فيها ${traits}` : 'صورة متوسطة الضوء والألوان';
  if (!heat) return `خريطة حرارية خالية فوق ${photo}؛ لا شيء فيها يدل على ${music[genre]}.`;
  const where = {
    tight: `في بقعة صغيرة ${places[heat.place]}`,
    gathered: `في ${places[heat.place]} بالدرجة الأولى`,
    broad: `في مساحة واسعة، وأشده في ${places[heat.place]}`,
    everywhere: 'في الصورة كلها تقريبًا',
  }[heat.spread];
  return `خريطة حرارية فوق ${photo}؛ يظهر ما يدل على ${music[genre]} ${where}.`;
}
