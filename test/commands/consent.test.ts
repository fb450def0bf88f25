import { describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Action } from '../../src/core/action.ts';
import type { Archive } from '../../src/core/archive.ts';
import type { Card, Reply } from '../../src/core/card.ts';
import type { CommandDependencies } from '../../src/core/command.ts';
import type { Request } from '../../src/core/request.ts';
import { StorageError } from '../../src/core/storage-error.ts';
import { CONSENT_VERSION } from '../../src/languages/consent-version.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { cardsOf, lastCard, makeCommandBench, textsOf, toastsOf } from '../support/command-bench.ts';
import { GROUP, makeRequest, makeVibe, pressOf } from '../support/make-request.ts';
import { personOf } from '../support/no-keeping.ts';
import { recordArchive } from '../support/record-archive.ts';

const ANN = 'telegram:user:1001';
const vibe = (sender: string | undefined = '1001', ...images: readonly string[]) =>
  makeVibe({ images: images.length > 0 ? images : ['cat'], ...(sender === '' ? {} : { sender }) });

function start(archiveGiven: Partial<Archive> = {}, given: Partial<CommandDependencies> = {}) {
  const recorded = recordArchive(archiveGiven);
  const bench = makeCommandBench({ archive: recorded.archive, ...given });
  const choose = (keep: boolean, key = ANN) =>
    bench.store.setChoice(key, { keep, version: '2020-01-01', at: 5, resultId: null });
  const photo = (call = vibe(), request: Partial<Request> = {}, resultId = 'result-0123456789') =>
    bench.run(call, { request: makeRequest(call, request), resultId });
  return { ...recorded, ...bench, choose, photo };
}

const asks = (card: Card) =>
  card.buttons.flat().some((button) => button.kind === 'action' && button.action.kind === 'consent');
const question = LANGUAGES.en.privacy.ask.telegram;
const lineOf = (card: Card) => textsOf(card).filter((text) => text === question);

describe('the question whether photos may be kept', () => {
  it('is one quiet line with two buttons, under the first answer alone, and nothing is kept meanwhile', async () => {
    const { photo, kept, store } = start();
    const first = cardsOf(await photo());
    for (const card of first) {
      expect(lineOf(card)).toHaveLength(1);
      expect(card.buttons.at(-1)).toEqual([
        {
          kind: 'action',
          label: 'Keep my photos',
          action: { kind: 'consent', keep: true, result: 'result-0123456789' },
        },
        {
          kind: 'action',
          label: 'Don’t keep',
          action: { kind: 'consent', keep: false, result: 'result-0123456789' },
        },
      ]);
    }
    expect(await store.choice(ANN)).toMatchObject({ keep: null, version: CONSENT_VERSION });
    const second = cardsOf(await photo(vibe(), {}, 'result-0000000002'));
    for (const card of second) expect(asks(card) || lineOf(card).length > 0).toBe(false);
    expect(kept).toEqual([]);
  });

  it('is there again when the first answer is made once more, after a crash or a press', async () => {
    const { photo, press } = start();
    await photo();
    expect(asks(lastCard(await photo()))).toBe(true);
    const back = lastCard(await press({ kind: 'back', result: 'result-0123456789' }));
    expect(asks(back)).toBe(true);
    expect(lineOf(back)).toHaveLength(1);
    const choosing = lastCard(await press({ kind: 'why', result: 'result-0123456789' }));
    expect(asks(choosing) || lineOf(choosing).length > 0).toBe(false);
  });

  it.each([
    ['in a group', {}, vibe(), { chat: GROUP }],
    ['where photos are kept unless somebody says no', { usual: 'keep' }, vibe(), {}],
    ['where none is ever kept', { usual: 'off' }, vibe(), {}],
    ['about a photo of somebody else', {}, vibe('1002'), {}],
    ['about a photo of nobody known', {}, vibe(''), {}],
  ] as const)('is not asked %s', async (_, archive, call, request) => {
    const { photo, store } = start(archive);
    for (const card of cardsOf(await photo(call, request))) expect(asks(card)).toBe(false);
    expect(await store.choice(ANN)).toBeNull();
  });

  it('is asked once where several first photos come at once, and what was said meanwhile stands', async () => {
    const { photo, press, store, dependencies } = start();
    const { setChoice } = dependencies.store;
    const gate = Promise.withResolvers<void>();
    dependencies.store.setChoice = async (key, choice) => {
      if (choice.resultId === 'result-0000000002') await gate.promise;
      return setChoice(key, choice);
    };
    const second = photo(vibe('1001', 'dog'), {}, 'result-0000000002');
    expect(asks(lastCard(await photo()))).toBe(true);
    await press({ kind: 'consent', keep: false, result: 'result-0123456789' });
    gate.resolve();
    for (const card of cardsOf(await second)) expect(asks(card)).toBe(false);
    expect(await store.choice(ANN)).toMatchObject({ keep: false });
  });

  it('is not asked of who has said something already', async () => {
    for (const keep of [true, false]) {
      const { photo, choose } = start();
      await choose(keep);
      for (const card of cardsOf(await photo())) expect(asks(card)).toBe(false);
    }
  });
});

describe('a photo', () => {
  it('is kept before its card is there, with what is known of it, where its sender lets us', async () => {
    const { photo, kept, choose } = start();
    await choose(true);
    const replies: Reply[] = await photo();
    expect(replies.length).toBeGreaterThan(0);
    expect(kept).toMatchObject([
      {
        pseudonym: personOf('telegram', '1001').pseudonym,
        resultId: 'result-0123456789',
        shows: 'copy of cat',
        record: {
          platform: 'telegram',
          date: '2030-01-01',
          genre: 'jazz',
          modelVersion: 'm1',
          consent: { basis: 'person', version: '2020-01-01' },
          trainable: true,
          vote: null,
        },
      },
    ]);
  });

  it('is kept before anybody sees the answer', async () => {
    const gate = Promise.withResolvers<string | null>();
    const { dependencies, choose } = start({ keep: () => gate.promise });
    await choose(true);
    const call = vibe();
    const context = {
      request: makeRequest(call),
      language: 'en',
      acceptedAt: 0,
      resultId: 'result-0123456789',
      signal: new AbortController().signal,
    } as const;
    const replies = runCommand(call, context, dependencies);
    let isShown = false;
    const first = replies.next().then((reply) => {
      isShown = true;
      return reply;
    });
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(isShown).toBe(false);
    gate.resolve(null);
    expect(await first).toMatchObject({ value: { kind: 'card' } });
  });

  it('of an album is kept one by one, each with its own figures', async () => {
    const { photo, kept, choose } = start();
    await choose(true);
    await photo(vibe('1001', 'cat', 'dog'));
    expect(kept.map(({ shows }) => shows)).toEqual(['copy of cat', 'copy of dog']);
  });

  it.each([
    ['somebody who has not said anything', 'ask', vibe(), null, 0],
    ['somebody who says no', 'ask', vibe(), false, 0],
    ['somebody who says no, where others’ are', 'keep', vibe(), false, 0],
    ['somebody who has not said anything, where all are', 'keep', vibe(), null, 1],
    ['somebody who says yes, where none is', 'off', vibe(), true, 0],
    ['nobody known, where all are', 'keep', vibe(''), true, 0],
  ] as const)('of %s (%s)', async (_, usual, call, said, count) => {
    const { photo, kept, choose } = start({ usual });
    if (said !== null) await choose(said);
    await photo(call);
    expect(kept).toHaveLength(count);
  });

  it('of somebody else is kept as theirs and on the operator’s word alone, never on the asker’s or theirs to others', async () => {
    const theirs = vibe('1002');
    const asked = start();
    await asked.choose(true);
    await asked.choose(true, 'telegram:user:1002');
    await asked.photo(theirs, { chat: GROUP });
    expect(asked.kept).toEqual([]);
    const kept = start({ usual: 'keep' });
    await kept.photo(theirs, { chat: GROUP });
    const { pseudonym } = personOf('telegram', '1002');
    expect(kept.kept).toMatchObject([{ pseudonym, record: { consent: { basis: 'operator' } } }]);
    const refused = start({ usual: 'keep' });
    await refused.choose(false, 'telegram:user:1002');
    await refused.photo(theirs, { chat: GROUP });
    expect(refused.kept).toEqual([]);
  });

  it('from Discord is never to train a model', async () => {
    const { photo, kept, choose } = start();
    await choose(true, 'discord:user:1001');
    await photo(vibe(), { platform: 'discord' });
    expect(kept).toMatchObject([{ record: { platform: 'discord', trainable: false } }]);
  });

  it('is counted for who asked, and where others read along for the group', async () => {
    const { photo, store } = start();
    await photo(vibe(), { chat: GROUP });
    await photo(vibe(), {}, 'result-0000000002');
    const { pseudonym } = personOf('telegram', '1001');
    expect((await store.tally({ pseudonym, since: null })).genres.jazz).toBe(2);
    expect((await store.tally({ community: 'telegram:chat:-5', since: null })).genres.jazz).toBe(1);
  });

  it('that was sent before they asked to be forgotten is answered, and leaves nothing', async () => {
    const { photo, store } = start({ forgottenAt: async () => Number.MAX_SAFE_INTEGER });
    const cards = cardsOf(await photo());
    expect(cards.length).toBeGreaterThan(0);
    for (const card of cards) expect(card).toMatchObject({ buttons: [], resultId: null });
    expect(await store.about(personOf('telegram', '1001'))).toEqual({
      language: null,
      choice: null,
      results: [],
      votes: [],
      predictions: [],
    });
  });
});

describe('the buttons', () => {
  const consent = (keep: boolean, result: string | null = 'result-0123456789'): Action => ({
    kind: 'consent',
    keep,
    result,
  });

  it('keep this photo and the next ones, say so, and the question goes', async () => {
    const { photo, press, kept, store } = start();
    await photo();
    const replies = await press(consent(true));
    expect(toastsOf(replies)).toEqual([LANGUAGES.en.privacy.toasts.kept]);
    expect(kept).toMatchObject([
      { shows: 'copy of cat', record: { consent: { basis: 'person', version: CONSENT_VERSION } } },
    ]);
    expect(asks(lastCard(replies))).toBe(false);
    expect(await store.choice(ANN)).toMatchObject({ keep: true, version: CONSENT_VERSION });
    await photo(vibe('1001', 'dog'), {}, 'result-0000000002');
    expect(kept.map(({ shows }) => shows)).toEqual(['copy of cat', 'copy of dog']);
  });

  it('keep the next ones where the platform has this one no more', async () => {
    const { photo, press, kept, store } = start();
    await photo();
    const result = await store.result('result-0123456789');
    if (result) {
      const pictures = result.pictures.map((picture) => ({ ...picture, reference: 'gone cat' }));
      await store.putResult({ ...result, pictures });
    }
    expect(toastsOf(await press(consent(true)))).toHaveLength(1);
    expect(kept).toEqual([]);
    expect(await store.choice(ANN)).toMatchObject({ keep: true });
  });

  it('keep nothing for who says no, and the question goes', async () => {
    const { photo, press, kept, store } = start();
    await photo();
    const replies = await press(consent(false));
    expect(toastsOf(replies)).toEqual([LANGUAGES.en.privacy.toasts.dropped]);
    expect(asks(lastCard(replies))).toBe(false);
    await photo(vibe('1001', 'dog'), {}, 'result-0000000002');
    expect(kept).toEqual([]);
    expect(await store.choice(ANN)).toMatchObject({ keep: false });
  });

  it('are for who was asked, where it was asked', async () => {
    const { photo, press } = start();
    await photo();
    const call = pressOf('');
    const other = makeRequest(call, { asker: { id: '1002', locale: null } });
    await expect(press(consent(true), { request: other })).rejects.toMatchObject({ code: 'not-yours' });
    const elsewhere = makeRequest(call, { chat: GROUP });
    await expect(press(consent(true), { request: elsewhere })).rejects.toMatchObject({
      code: 'stale-button',
    });
  });

  it('do nothing any more on an answer that is forgotten', async () => {
    const { press, store } = start();
    await expect(press(consent(true, 'result-0000000009'))).rejects.toMatchObject({ code: 'stale-button' });
    expect(await store.choice(ANN)).toBeNull();
  });

  it('do nothing any more where no photo is kept', async () => {
    const { press, store } = start({ usual: 'off' });
    await expect(press(consent(true, null))).rejects.toMatchObject({ code: 'stale-button' });
    expect(await store.choice(ANN)).toBeNull();
  });
});

describe('a vote', () => {
  it('goes to the archive with the answer’s photos, and another one in its place', async () => {
    const { photo, press, votes } = start();
    await photo();
    const { pseudonym } = personOf('telegram', '1001');
    await press({ kind: 'up', result: 'result-0123456789' });
    await press({ kind: 'down-genre', result: 'result-0123456789', genre: 'rock' });
    expect(votes).toEqual([
      [pseudonym, 'result-0123456789', { up: true, genre: null }],
      [pseudonym, 'result-0123456789', { up: false, genre: 'rock' }],
    ]);
  });
});

describe('who has asked to be forgotten since they pressed', () => {
  const forgottenAt = async () => Number.MAX_SAFE_INTEGER;

  it('is not asked for a word again by an old press that is only now worked on', async () => {
    const { press, store } = start({ forgottenAt });
    const action: Action = { kind: 'consent', keep: true, result: null };
    await expect(press(action)).rejects.toMatchObject({ code: 'stale-button' });
    await press({ kind: 'language', language: 'ar', forChat: false });
    expect(await store.choice(ANN)).toBeNull();
    expect(await store.language(ANN)).toBeNull();
  });

  it('has no vote kept, nor a photo’s result where the store fails in the middle: that is tried again', async () => {
    const { photo, press, store, dependencies } = start();
    await photo();
    dependencies.archive.forgottenAt = forgottenAt;
    const vote: Action = { kind: 'up', result: 'result-0123456789' };
    await expect(press(vote)).rejects.toMatchObject({ code: 'stale-button' });
    expect(await store.about(personOf('telegram', '1001'))).toMatchObject({ results: [], votes: [] });
    const { forget } = dependencies.store;
    dependencies.store.forget = () => Promise.reject(new StorageError('the table is gone'));
    await expect(photo()).rejects.toBeInstanceOf(StorageError);
    dependencies.store.forget = forget;
    expect(lastCard(await photo())).toMatchObject({ resultId: null });
    expect(await store.about(personOf('telegram', '1001'))).toMatchObject({ results: [], predictions: [] });
  });

  it('has no language kept that they typed before', async () => {
    const { run, store } = start({ forgottenAt });
    await run({ command: 'language', words: ['ar'] });
    expect(await store.language(ANN)).toBeNull();
  });
});
