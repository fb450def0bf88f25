import { LANGUAGES } from '../languages/languages.ts';
import type { BarsBlock, Block, TextBlock } from './card.ts';
import { driftOf, type Expected, FEWEST_PHOTOS } from './drift.ts';
import { mixOf } from './mix-of.ts';
import type { Tally } from './prediction.ts';
import type { Language } from './types.ts';

/** Everybody's photos, for whoever runs the bot. */
export interface Overview {
  readonly ever: Tally;
  readonly week: Tally;
  /** What the model says of its validation pictures. */
  readonly expected: Expected;
}

/** With fewer, one vote moves the rate by more than five points. */
const FEWEST_VOTES = 20;

/** Photos and votes of all time, and how this week's photos differ from what the model was made with. */
export function presentOverview({ ever, week, expected }: Overview, language: Language): Block[] {
  const { heading, photos } = LANGUAGES[language].chat.stats.all;
  const text = `${photos(mixOf(ever.genres).photos, ever.ups, ever.downs)} ${agreementOf(ever, language)}`;
  return [{ kind: 'text', heading, text }, ...presentDrift(week, expected, language)];
}

function agreementOf({ ups, downs }: Tally, language: Language): string {
  const { agreement, fewVotes } = LANGUAGES[language].chat.stats.all;
  const votes = ups + downs;
  return votes < FEWEST_VOTES ? fewVotes(FEWEST_VOTES) : agreement(ups / votes);
}

function presentDrift(week: Tally, expected: Expected, language: Language): Block[] {
  const { heading, tooFew, verdict, distance, confidence, brackets } = LANGUAGES[language].chat.stats.drift;
  const drift = driftOf(week, expected);
  if (!drift) return [{ kind: 'text', heading, text: tooFew(mixOf(week.genres).photos, FEWEST_PHOTOS) }];
  const { meanConfidence, confidenceByChance } = drift;
  const figures = [
    distance(drift.distance, drift.distanceByChance),
    confidence(meanConfidence, expected.meanConfidence, confidenceByChance),
  ];
  return [
    { kind: 'text', heading, text: verdict[drift.verdict] },
    besideEachOther(week, expected, language),
    { kind: 'text', text: figures.join(' ') },
    quiet(brackets(mixOf(expected.genres).photos)),
  ];
}

function besideEachOther(week: Tally, expected: Expected, language: Language): BarsBlock {
  const { genres, chat } = LANGUAGES[language];
  const { beside, heading } = chat.stats.drift;
  const pictures = mixOf(expected.genres).photos;
  const rows = mixOf(week.genres).parts.map(({ genre, share }) => ({
    genre,
    label: genres[genre],
    share,
    value: beside(share, expected.genres[genre] / pictures),
  }));
  return { kind: 'bars', label: heading, rows };
}

function quiet(text: string): TextBlock {
  return { kind: 'text', text, quiet: true };
}
