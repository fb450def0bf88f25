import { describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Archive } from '../../src/core/archive.ts';
import type { Reply } from '../../src/core/card.ts';
import { StorageError } from '../../src/core/storage-error.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { lastCard, makeCommandBench, textsOf } from '../support/command-bench.ts';
import { EPOCH } from '../support/fake-time.ts';
import { makeRequest, makeVibe } from '../support/make-request.ts';
import { personOf } from '../support/no-keeping.ts';
import { recordArchive } from '../support/record-archive.ts';

const call = { command: 'forget' } as const;
const say = LANGUAGES.en.privacy.forget;
const nothing = { language: null, choice: null, results: [], votes: [], predictions: [] };

function start(outcome: 'erased' | 'queued' = 'queued', usual: Archive['usual'] = 'ask') {
  const order: string[] = [];
  const recorded = recordArchive({
    usual,
    async forget() {
      order.push('archive');
    },
    async tellForgotten(...whom) {
      order.push('tell');
      told.push(whom);
      return outcome;
    },
  });
  const told: Parameters<Archive['tellForgotten']>[] = [];
  const photosForgotten: unknown[] = [];
  const records = {
    about: async () => ({ words: [], callsToday: 0 }),
    async forget(...whose: unknown[]) {
      order.push('records');
      photosForgotten.push(whose);
    },
  };
  const bench = makeCommandBench({ archive: recorded.archive, records });
  const { about } = bench.store;
  bench.store.about = (person) => {
    order.push('store');
    return about(person);
  };
  return { ...bench, told, photosForgotten, order };
}

describe('/forget', () => {
  it('deletes what is here, has the archive cleared, and says what is left to do', async () => {
    const { run, press, store, told, photosForgotten, order } = start();
    await store.setLanguage('telegram:user:1001', 'en');
    await run(makeVibe({ images: ['cat'], sender: '1001' }));
    await press({ kind: 'up', result: 'result-0123456789' });
    const card = lastCard(await run(call));
    expect(textsOf(card)).toEqual([say.here, say.archiveToo]);
    expect(await store.about(personOf('telegram', '1001'))).toEqual(nothing);
    expect(await store.result('result-0123456789')).toBeNull();
    const request = makeRequest({ command: 'forgotten', language: 'en' });
    expect(told).toEqual([[personOf('telegram', '1001').pseudonym, EPOCH, request]]);
    expect(photosForgotten).toEqual([['telegram:user:1001', ['ab'.repeat(32)]]]);
    expect(order.slice(0, 4)).toEqual(['archive', 'store', 'records', 'tell']);
  });

  it('says at once that all is gone where there is no archive', async () => {
    const { run } = start('erased');
    expect(textsOf(lastCard(await run(call)))).toEqual([say.here, say.all]);
  });

  it('says that it has begun where the store cannot be had, and is tried again; nobody is told before', async () => {
    const { dependencies, store, told, order } = start();
    store.forget = () => Promise.reject(new StorageError('the table is gone'));
    const context = {
      ...({ request: makeRequest(call), language: 'en', resultId: 'r', acceptedAt: EPOCH } as const),
      signal: new AbortController().signal,
    };
    const shown: Reply[] = [];
    const forgetting = async () => {
      for await (const reply of runCommand(call, context, dependencies)) shown.push(reply);
    };
    await expect(forgetting()).rejects.toBeInstanceOf(StorageError);
    expect(textsOf(lastCard(shown))).toEqual([say.begun]);
    expect(order[0]).toBe('archive');
    expect(told).toEqual([]);
  });

  it('offers to say no once more where photos are kept unless somebody does', async () => {
    const { run } = start('queued', 'keep');
    const card = lastCard(await run(call));
    expect(textsOf(card)).toContain(say.keepsOn);
    expect(card.buttons.flat()).toContainEqual(
      expect.objectContaining({ action: { kind: 'consent', keep: false, result: null } }),
    );
  });

  it('leaves everybody else alone', async () => {
    const { run, store } = start();
    const other = makeRequest(undefined, { asker: { id: '2002', locale: null } });
    await run(makeVibe({ images: ['dog'] }), { request: other, resultId: 'result-of-another' });
    await run(call);
    expect(await store.result('result-of-another')).not.toBeNull();
    expect((await store.about(personOf('telegram', '2002'))).results).toHaveLength(1);
  });

  it('may be asked twice', async () => {
    const { run, store } = start();
    await run(makeVibe({ images: ['cat'] }));
    await run(call);
    await run(call);
    expect(await store.about(personOf('telegram', '1001'))).toEqual(nothing);
  });

  it('is told of in the language that they spoke, when the archive is through', async () => {
    const { run } = start();
    const card = lastCard(await run({ command: 'forgotten', language: 'ar' }));
    expect(card).toMatchObject({ language: 'ar', title: LANGUAGES.ar.privacy.forget.title });
    expect(textsOf(card)).toEqual([LANGUAGES.ar.privacy.forget.all]);
  });
});
