import { describe, expect, it } from 'vitest';
import { GENRES, type Genre } from '../../src/core/genre.ts';
import type { Tally, TallyOf } from '../../src/core/prediction.ts';
import type { Language } from '../../src/core/types.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { renderCard as renderForDiscord } from '../../src/platforms/discord/render.ts';
import { renderCard as renderForTelegram } from '../../src/platforms/telegram/render.ts';
import { lastCard, makeCommandBench, textsOf } from '../support/command-bench.ts';
import { EPOCH } from '../support/fake-time.ts';
import { MODEL } from '../support/job-bench.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;
const { all, drift, own } = LANGUAGES.en.chat.stats;
const PREDICTED = {
  genres: { classical: 400, electronic: 200, jazz: 600, pop: 400, rock: 400 },
  meanConfidence: 0.75,
};

function tallyOf(genres: Partial<Record<Genre, number>>, given: Partial<Tally> = {}): Tally {
  const counts = { classical: 0, electronic: 0, jazz: 0, pop: 0, rock: 0, ...genres };
  const photos = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { genres: counts, confidence: 0.75 * photos, ups: 0, downs: 0, ...given };
}

const LIKE_BEFORE = { classical: 20, electronic: 10, jazz: 30, pop: 20, rock: 20 };

interface Given {
  readonly ever?: Tally;
  readonly week?: Tally;
  readonly own?: Tally;
}

/** What whoever runs the bot is shown. */
async function show(given: Given, language: Language = 'en') {
  const { ever = tallyOf({}), week = tallyOf({}), own: mine = tallyOf({ jazz: 1 }) } = given;
  const asked: TallyOf[] = [];
  const { dependencies } = makeCommandBench();
  const tally = async (of: TallyOf) => {
    asked.push(of);
    if (of.pseudonym !== undefined) return mine;
    return of.since === null ? ever : week;
  };
  const model = { ...MODEL, predicted: PREDICTED };
  const bench = makeCommandBench({ store: { ...dependencies.store, tally }, isAdmin: true, model });
  const card = lastCard(await bench.run({ command: 'stats' }, { language }));
  return { card, asked, texts: textsOf(card) };
}

describe('/stats for whoever runs the bot', () => {
  it('asks for everybody’s photos, of all time and of a week', async () => {
    const { asked } = await show({});
    expect(asked.slice(1)).toEqual([{ since: null }, { since: EPOCH - WEEK_MS }]);
  });

  it('shows photos and votes of all time below their own', async () => {
    const { card, texts } = await show({ ever: tallyOf({ jazz: 70, rock: 30 }, { ups: 15, downs: 5 }) });
    expect(texts[0]).toBe(own.photos(1, 0, 0));
    expect(texts[2]).toBe(`${all.photos(100, 15, 5)} ${all.agreement(0.75)}`);
    expect(card.blocks[4]).toMatchObject({ heading: all.heading });
  });

  it('gives no rate of agreement for fewer than 20 votes', async () => {
    const { texts } = await show({ ever: tallyOf({ jazz: 100 }, { ups: 19, downs: 0 }) });
    expect(texts[2]).toBe(`${all.photos(100, 19, 0)} ${all.fewVotes(20)}`);
  });

  it('shows it without photos of their own, too', async () => {
    const { texts } = await show({ own: tallyOf({}), week: tallyOf(LIKE_BEFORE) });
    expect(texts[0]).toBe(own.none);
    expect(texts[2]).toBe(drift.verdict.steady);
  });

  it('says so where there are too few photos to compare', async () => {
    const { card, texts } = await show({ week: tallyOf({ jazz: 49 }) });
    expect(texts.slice(3)).toEqual([drift.tooFew(49, 50)]);
    expect(card.blocks.filter(({ kind }) => kind === 'bars')).toHaveLength(1);
  });

  it('shows each genre’s share beside what the model says of its validation pictures', async () => {
    const { card, texts } = await show({ week: tallyOf({ ...LIKE_BEFORE, jazz: 10, rock: 40 }) });
    const bars = card.blocks.filter((block) => block.kind === 'bars')[1];
    expect(bars?.rows.map(({ genre, value }) => `${genre} ${value}`)).toEqual([
      'rock 40% (20%)',
      'classical 20% (20%)',
      'pop 20% (20%)',
      'electronic 10% (10%)',
      'jazz 10% (30%)',
    ]);
    expect(texts[3]).toBe(drift.verdict.steady);
    expect(texts[4]).toMatch(/: 20%; up to 21% can be chance\. Mean confidence: 75% \(75%\); .* 14% /);
    expect(texts[5]).toBe(drift.brackets(2000));
  });

  it('says whether it is worth a look', async () => {
    const other = { ...LIKE_BEFORE, jazz: 5, rock: 45 };
    const unsure = { confidence: 60 };
    const verdictOf = async (week: Tally) => (await show({ week })).texts[3];
    expect(await verdictOf(tallyOf(LIKE_BEFORE))).toBe(drift.verdict.steady);
    expect(await verdictOf(tallyOf(other))).toBe(drift.verdict.mix);
    expect(await verdictOf(tallyOf(LIKE_BEFORE, unsure))).toBe(drift.verdict.confidence);
    expect(await verdictOf(tallyOf(other, unsure))).toBe(drift.verdict.both);
  });
});

describe.each(['en', 'ar'] as const)('the largest card, in %s', (language) => {
  it('has room under a picture on Telegram and in a message on Discord, with all that it says', async () => {
    const many = { ups: 400_000, downs: 300_000 };
    const millions = Object.fromEntries(GENRES.map((genre, index) => [genre, (index + 1) * 1_000_000]));
    const photos = tallyOf(millions, { ...many, confidence: 5_000_000 });
    const { card, texts } = await show({ ever: photos, week: photos, own: photos }, language);
    const { caption, text } = renderForTelegram(card, () => 'data');
    const discord = JSON.stringify(renderForDiscord(card, () => 'data').components);
    expect(caption).toBe(text);
    expect(texts).toHaveLength(6);
    for (const said of texts) expect(plain(caption)).toContain(said);
    expect(discord).toContain('15000000');
    expect(plain(discord)).toContain(texts.at(-1));
  });
});

function plain(markup: string): string {
  return markup.replace(/<[^>]*>/g, '');
}
