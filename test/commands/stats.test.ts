import { describe, expect, it } from 'vitest';
import type { Genre } from '../../src/core/genre.ts';
import type { PhotoReader } from '../../src/core/ports.ts';
import type { Prediction } from '../../src/core/prediction.ts';
import type { Request } from '../../src/core/request.ts';
import { UserError } from '../../src/core/user-error.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { imagesOf, lastCard, makeCommandBench, textsOf } from '../support/command-bench.ts';
import { EPOCH } from '../support/fake-time.ts';
import { GROUP, makeRequest } from '../support/make-request.ts';
import { personOf } from '../support/no-keeping.ts';
import { makeReader } from '../support/reading-ports.ts';
import { prediction } from '../support/store-contract-given.ts';
import { storedResult } from '../support/stored-result.ts';

const CALL = { command: 'stats' } as const;
const DAY_MS = 24 * 60 * 60_000;
const { en, ar } = LANGUAGES;
const { pseudonym } = personOf('telegram', '1001');
const OTHER = personOf('telegram', '1002').pseudonym;

async function open(predictions: readonly Partial<Prediction>[], photoReader: PhotoReader = makeReader()) {
  const bench = makeCommandBench({ photoReader });
  for (const [index, given] of predictions.entries()) {
    const own = { at: EPOCH, pseudonym, community: null, ...given };
    await bench.store.putPrediction(prediction(`result ${index}`, own));
  }
  const ask = async (given: Partial<Request> = {}, language: 'en' | 'ar' = 'en') =>
    lastCard(await bench.run(CALL, { language, request: makeRequest(CALL, given) }));
  return { ...bench, ask };
}

const of = (...genres: readonly Genre[]) => genres.map((genre) => ({ genre }));

function barsOf(card: Awaited<ReturnType<Awaited<ReturnType<typeof open>>['ask']>>): string[] {
  const bars = card.blocks.find((block) => block.kind === 'bars');
  return bars?.rows.map(({ label, value, share }) => `${label} ${value} ${share}`) ?? [];
}

describe('/stats in a private chat', () => {
  it('shows the asker’s own photos of 90 days, from whatever chat, and nobody else’s', async () => {
    const { ask } = await open([
      ...of('jazz', 'jazz', 'rock'),
      { genre: 'pop', community: 'telegram:chat:-5' },
      { genre: 'pop', at: EPOCH - 90 * DAY_MS },
      { genre: 'classical', at: EPOCH - 90 * DAY_MS - 1 },
      { genre: 'classical', pseudonym: OTHER },
    ]);
    const card = await ask();
    expect(card).toMatchObject({ title: en.chat.stats.own.title, accent: 'jazz', buttons: [] });
    expect(textsOf(card)).toEqual([en.chat.stats.own.photos(5, 0, 0), en.chat.stats.chart.order]);
    expect(barsOf(card).slice(0, 3)).toEqual(['jazz 40% 0.4', 'pop 40% 0.4', 'rock 20% 0.2']);
    expect(barsOf(card).slice(3)).toEqual(['classical 0% 0', 'electronic 0% 0']);
  });

  it('shows a picture of the mix, whose name is of it alone and whose words say what it shows', async () => {
    const { ask } = await open(of('rock', 'pop', 'pop', 'pop'));
    expect(imagesOf(await ask())).toEqual([
      {
        fileName: 'mix-0-0-0-3-1.jpg',
        altText: en.chat.stats.chart.altText([
          { genre: 'pop', share: 0.75 },
          { genre: 'rock', share: 0.25 },
          { genre: 'classical', share: 0 },
          { genre: 'electronic', share: 0 },
          { genre: 'jazz', share: 0 },
        ]),
        shows: 'drawn 640×320',
      },
    ]);
  });

  it('counts the votes on them', async () => {
    const { ask, store } = await open(of('jazz', 'rock', 'rock'));
    for (const id of [0, 1, 2]) await store.putResult(storedResult(`result ${id}`));
    const vote = { voter: 'telegram:user:1001', genre: null, at: EPOCH };
    await store.putVote({ ...vote, resultId: 'result 0', up: true });
    await store.putVote({ ...vote, resultId: 'result 1', up: false });
    await store.putVote({ ...vote, resultId: 'result 2', up: true });
    expect(textsOf(await ask())[0]).toBe(en.chat.stats.own.photos(3, 2, 1));
  });

  it('is the same where only the asker sees the answer in a group', async () => {
    const { ask } = await open(of('jazz'));
    const card = await ask({ chat: GROUP, aside: true });
    expect(textsOf(card)[0]).toBe(en.chat.stats.own.photos(1, 0, 0));
    expect(imagesOf(card)).toHaveLength(1);
  });

  it('says a friendly sentence where there are no photos yet, and draws nothing', async () => {
    const encode = async () => Promise.reject(new Error('nothing to draw'));
    const { ask } = await open([], { ...makeReader(), encode });
    for (const [language, words] of [['en', en] as const, ['ar', ar] as const]) {
      const card = await ask({}, language);
      expect(card).toMatchObject({ language, accent: null, title: words.chat.stats.own.title });
      expect(card.blocks).toEqual([{ kind: 'text', text: words.chat.stats.own.none }]);
    }
  });

  it('does without the picture while the reader is busy, and not where it is broken', async () => {
    const failing = (error: Error) => ({ ...makeReader(), encode: async () => Promise.reject(error) });
    const busy = await open(of('jazz'), failing(new UserError('busy', {})));
    const card = await busy.ask();
    expect(imagesOf(card)).toEqual([]);
    expect(textsOf(card)).toEqual([en.chat.stats.own.photos(1, 0, 0)]);
    expect(barsOf(card)[0]).toBe('jazz 100% 1');
    const broken = await open(of('jazz'), failing(new Error('broken')));
    await expect(broken.ask()).rejects.toThrow('broken');
  });

  it('says nothing of everybody’s photos to one who does not run the bot', async () => {
    const { ask } = await open(of('jazz'));
    expect((await ask()).blocks).toHaveLength(4);
  });
});

describe('/stats in a group', () => {
  const here = { community: 'telegram:chat:-5' };
  const inGroup = { chat: GROUP };

  it('shows the week of the group, whoever asked, and nothing of other chats', async () => {
    const { ask } = await open([
      { genre: 'rock', ...here },
      { genre: 'rock', ...here, pseudonym: OTHER, at: EPOCH - 7 * DAY_MS },
      { genre: 'jazz', ...here, at: EPOCH - 7 * DAY_MS - 1 },
      { genre: 'jazz', community: 'telegram:chat:-6' },
      ...of('jazz', 'jazz', 'jazz'),
    ]);
    const card = await ask(inGroup);
    const { title, photos, privately } = en.chat.stats.group;
    expect(card).toMatchObject({ title, accent: 'rock', buttons: [] });
    expect(textsOf(card)).toEqual([photos(2), privately]);
    expect(card.blocks.at(-1)).toMatchObject({ quiet: true });
    expect(barsOf(card)[0]).toBe('rock 100% 1');
    expect(imagesOf(card)).toEqual([]);
  });

  it('counts all channels of a server together', async () => {
    const { ask } = await open([{ community: 'telegram:chat:-9', genre: 'pop' }]);
    const card = await ask({ chat: { ...GROUP, community: '-9' } });
    expect(textsOf(card)[0]).toBe(en.chat.stats.group.photos(1));
  });

  it('says a friendly sentence where nobody has asked this week', async () => {
    const { ask } = await open(of('jazz'));
    const { none, privately } = ar.chat.stats.group;
    const card = await ask(inGroup, 'ar');
    expect(textsOf(card)).toEqual([none, privately]);
    expect(barsOf(card)).toEqual([]);
    expect(card.accent).toBeNull();
  });
});
