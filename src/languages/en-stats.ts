import { enGenres as genres } from './en-names.ts';
import { portion } from './portion.ts';
import type { StatsWords } from './stats-words.ts';

export const enStats: StatsWords = {
  percent: portion,
  mix: 'The mix of genres',
  own: {
    title: 'Your photos',
    photos: (count, ups, downs) =>
      `Photos in the last 90 days: ${count}. Your votes on them: 👍 ${ups}, 👎 ${downs}.`,
    none: 'I have no photo of yours from the last 90 days. Send me one, and its genre is counted here.',
  },
  chart: {
    label: 'The mix as a picture',
    altText: (parts) =>
      `A ring and five bars in the genres’ colours: ${parts.map(({ genre, share }) => `${genres[genre]} ${portion(share)}`).join(', ')}.`,
    order: 'The picture has the genres in the same order: its bars from the top, its ring clockwise.',
  },
  group: {
    title: 'A week in this group',
    photos: (count) => `Photos in the last 7 days: ${count}.`,
    none: 'Nobody has asked about a photo here in the last 7 days. Yours can be the first.',
    privately: 'Your own figures are for you alone: ask for /stats in a private chat with me.',
  },
  all: {
    heading: 'Everybody’s photos',
    photos: (count, ups, downs) => `Photos of all time: ${count}. Votes: 👍 ${ups}, 👎 ${downs}.`,
    agreement: (share) => `Votes that agree: ${portion(share)}.`,
    fewVotes: (least) => `A rate of agreement needs at least ${least} votes.`,
  },
  drift: {
    heading: 'This week beside the training set',
    tooFew: (count, least) =>
      `Too few photos to compare: ${count} this week, and at least ${least} are needed.`,
    verdict: {
      steady: 'Nothing to look into: no difference is larger than chance explains.',
      mix: 'Worth a look: the mix of genres differs by more than chance explains.',
      confidence: 'Worth a look: the model’s confidence differs by more than chance explains.',
      both: 'Worth a look: the mix of genres and the model’s confidence differ by more than chance explains.',
    },
    distance: (share, byChance) =>
      `Photos that would need another genre for the same mix (total variation distance): ${portion(share)}; up to ${portion(byChance)} can be chance.`,
    confidence: (mean, expected, byChance) =>
      `Mean confidence: ${portion(mean)} (${portion(expected)}); a gap of up to ${portion(byChance)} can be chance.`,
    beside: (share, expected) => `${portion(share)} (${portion(expected)})`,
    brackets: (pictures) =>
      `In brackets: the model’s answers on the training set’s ${pictures} validation pictures, right or wrong, so that answers stand beside answers.`,
  },
};
