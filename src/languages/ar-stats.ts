import { arGenres as genres } from './ar-names.ts';
import { isolate } from './isolate.ts';
import { portion } from './portion.ts';
import type { StatsWords } from './stats-words.ts';

const percent = (share: number): string => isolate(portion(share));
const number = (count: number): string => isolate(`${count}`);

export const arStats: StatsWords = {
  percent,
  mix: 'توزيع الأنواع',
  own: {
    title: 'صورك',
    photos: (count, ups, downs) =>
      `عدد صورك في آخر ${isolate('90')} يومًا: ${number(count)}. تقييماتك لها: 👍 ${number(ups)}، 👎 ${number(downs)}.`,
    none: `ليست لديّ أي صورة منك في آخر ${isolate('90')} يومًا. أرسل لي صورة ليُحسب نوعها هنا.`,
  },
  chart: {
    label: 'توزيع الأنواع في صورة',
    altText: (parts) =>
      `حلقة وخمسة أشرطة بألوان الأنواع: ${parts.map(({ genre, share }) => `${genres[genre]} ${percent(share)}`).join('، ')}.`,
    order: 'ترتيب الأنواع في الصورة كترتيبها في القائمة: الأشرطة من الأعلى، والحلقة باتجاه عقارب الساعة.',
  },
  group: {
    title: 'أسبوع في هذه المجموعة',
    photos: (count) => `عدد الصور في آخر ${isolate('7')} أيام: ${number(count)}.`,
    none: `لم يسألني أحد هنا عن صورة في آخر ${isolate('7')} أيام. يمكن أن تكون صورتك الأولى.`,
    privately: `أرقامك الخاصة لك وحدك: اطلبها بالأمر ${isolate('/stats')} في محادثة خاصة معي.`,
  },
  all: {
    heading: 'صور الجميع',
    photos: (count, ups, downs) =>
      `عدد الصور منذ البداية: ${number(count)}. التقييمات: 👍 ${number(ups)}، 👎 ${number(downs)}.`,
    agreement: (share) => `نسبة التقييمات الموافقة: ${percent(share)}.`,
    fewVotes: (least) => `لا تُحسب نسبة الموافقة قبل أن يبلغ عدد التقييمات ${number(least)}.`,
  },
  drift: {
    heading: 'هذا الأسبوع مقارنةً ببيانات التدريب',
    tooFew: (count, least) =>
      `الصور أقل من أن تُقارن: عددها هذا الأسبوع ${number(count)}، والحد الأدنى ${number(least)}.`,
    verdict: {
      steady: 'لا شيء يستدعي النظر: لا يوجد فرق أكبر مما تفسّره المصادفة.',
      mix: 'الأمر يستحق النظر: الفرق في توزيع الأنواع أكبر مما تفسّره المصادفة.',
      confidence: 'الأمر يستحق النظر: الفرق في ثقة النموذج أكبر مما تفسّره المصادفة.',
      both: 'الأمر يستحق النظر: الفرق في توزيع الأنواع وفي ثقة النموذج أكبر مما تفسّره المصادفة.',
    },
    distance: (share, byChance) =>
      `نسبة الصور التي يلزم أن يتغيّر نوعها ليتطابق التوزيعان (مسافة التباين الكلي): ${percent(share)}، وقد تبلغ ${percent(byChance)} بالمصادفة وحدها.`,
    confidence: (mean, expected, byChance) =>
      `متوسط الثقة: ${percent(mean)} (${percent(expected)})، وقد يبلغ الفرق ${percent(byChance)} بالمصادفة وحدها.`,
    beside: (share, expected) => isolate(`${portion(share)} (${portion(expected)})`),
    brackets: (pictures) =>
      `بين القوسين: إجابات النموذج عن صور التحقق في بيانات التدريب، وعددها ${number(pictures)}، صحيحةً كانت أم خاطئة، لتُقارن الإجابات بالإجابات.`,
  },
};
