import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { lastCard, makeCommandBench, textsOf } from '../support/command-bench.ts';
import { makeRequest, makeVibe } from '../support/make-request.ts';
import { personOf } from '../support/no-keeping.ts';
import { recordArchive } from '../support/record-archive.ts';

const call = { command: 'forget' } as const;
const say = LANGUAGES.en.privacy.forget;
const nothing = { language: null, choice: null, results: [], votes: [], predictions: [] };

function start(outcome: 'erased' | 'queued' = 'queued') {
  const order: string[] = [];
  const recorded = recordArchive({
    async forget(...whom) {
      order.push('archive');
      forgotten.push(whom);
      return outcome;
    },
  });
  const forgotten: Parameters<typeof recorded.archive.forget>[] = [];
  const photosForgotten: unknown[] = [];
  const records = {
    about: async () => ({ words: [], callsToday: 0 }),
    async forget(...whose: unknown[]) {
      order.push('records');
      photosForgotten.push(whose);
    },
  };
  const bench = makeCommandBench({ archive: recorded.archive, records });
  return { ...bench, forgotten, photosForgotten, order };
}

describe('/forget', () => {
  it('deletes what is here, has the archive cleared, and says what is left to do', async () => {
    const { run, press, store, forgotten, photosForgotten, order } = start();
    await store.setLanguage('telegram:user:1001', 'en');
    await run(makeVibe({ images: ['cat'], sender: '1001' }));
    await press({ kind: 'up', result: 'result-0123456789' });
    const card = lastCard(await run(call));
    expect(textsOf(card)).toEqual([say.here, say.archiveToo]);
    expect(await store.about(personOf('telegram', '1001'))).toEqual(nothing);
    expect(await store.result('result-0123456789')).toBeNull();
    const told = makeRequest({ command: 'forgotten', language: 'en' });
    expect(forgotten).toEqual([[personOf('telegram', '1001').pseudonym, told]]);
    expect(photosForgotten).toEqual([['telegram:user:1001', ['ab'.repeat(32)]]]);
    expect(order[0]).toBe('archive');
  });

  it('says at once that all is gone where there is no archive', async () => {
    const { run } = start('erased');
    expect(textsOf(lastCard(await run(call)))).toEqual([say.here, say.all]);
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
