import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { buttonsOf, imageOf, lastCard, optionsOf, textsOf, toastsOf } from '../support/command-bench.ts';
import { EPOCH } from '../support/fake-time.ts';
import { makeRequest, pressOf } from '../support/make-request.ts';
import { ID, owner, reader, showResult as start } from '../support/shown-result.ts';

const OTHERS = ['classical', 'electronic', 'pop', 'rock'];

describe('the votes', () => {
  const VOTER = 'telegram:user:1001';

  it('stores 👍, thanks for it and marks it', async () => {
    const { press, store } = await start();
    const replies = await press({ kind: 'up', result: ID }, { request: owner });
    expect(toastsOf(replies)).toEqual([LANGUAGES.en.chat.thanks]);
    expect(buttonsOf(lastCard(replies))[1]).toEqual(['up: 👍 ✓', 'down: 👎']);
    expect(await store.vote(ID, VOTER)).toEqual({
      resultId: ID,
      voter: VOTER,
      up: true,
      genre: null,
      at: EPOCH,
    });
  });

  it('asks after 👎 which genre it should have been, and stores that, too', async () => {
    const { press, store } = await start();
    const asks = lastCard(await press({ kind: 'down', result: ID }, { request: owner }));
    expect(textsOf(asks)[0]).toBe(LANGUAGES.en.chat.askRight);
    expect(buttonsOf(asks)).toEqual([['down ▾'], ['back']]);
    expect(optionsOf(asks)).toEqual(OTHERS.map((genre) => `down-genre ${genre}`));
    expect(await store.vote(ID, VOTER)).toMatchObject({ up: false, genre: null });
    const replies = await press({ kind: 'down-genre', result: ID, genre: 'rock' }, { request: owner });
    expect(toastsOf(replies)).toEqual([LANGUAGES.en.chat.thanksGenre('rock')]);
    expect(buttonsOf(lastCard(replies))[1]).toEqual(['up: 👍', 'down: 👎 ✓']);
    expect(await store.vote(ID, VOTER)).toMatchObject({ up: false, genre: 'rock' });
  });

  it('may be changed', async () => {
    const { press, store } = await start();
    await press({ kind: 'down', result: ID }, { request: owner });
    await press({ kind: 'up', result: ID }, { request: owner });
    expect(await store.vote(ID, VOTER)).toMatchObject({ up: true, genre: null });
    expect(buttonsOf(lastCard(await press({ kind: 'back', result: ID }, { request: reader })))[1]).toEqual([
      'up: 👍 ✓',
      'down: 👎',
    ]);
  });

  it('are the owner’s only', async () => {
    const { press, store } = await start();
    const other = { request: reader };
    await expect(press({ kind: 'up', result: ID }, other)).rejects.toMatchObject({ code: 'not-yours' });
    await expect(press({ kind: 'down', result: ID }, other)).rejects.toMatchObject({ code: 'not-yours' });
    const chosen = press({ kind: 'down-genre', result: ID, genre: 'pop' }, other);
    await expect(chosen).rejects.toMatchObject({ code: 'not-yours' });
    expect(await store.vote(ID, VOTER)).toBeNull();
    expect(await store.vote(ID, 'telegram:user:2')).toBeNull();
  });

  it('leave words and picture as they are, also where another genre was asked about', async () => {
    const { press } = await start({}, { why: 'rock' });
    const card = lastCard(await press({ kind: 'up', result: ID }, { request: owner }));
    expect(textsOf(card)).toContain('photo jazz en');
    expect(imageOf(card)).toMatchObject({ shows: 'draw jazz over cat' });
    expect(buttonsOf(card)[1]).toEqual(['up: 👍 ✓', 'down: 👎']);
  });
});

describe('a button that is stale or forged', () => {
  it.each([
    ['forged', pressOf(`u.${ID}.AAAAAAAAAA`)],
    ['empty', pressOf('')],
    ['anything', pressOf('🎵'.repeat(16))],
  ])('is refused softly: %s', async (_, call) => {
    const { run } = await start();
    await expect(run(call, { request: owner })).rejects.toMatchObject({ code: 'stale-button' });
  });

  it.each([
    ['unknown', { kind: 'up', result: 'another-01234567' } as const, owner],
    ['in another chat', { kind: 'up', result: ID } as const, makeRequest(pressOf(''))],
    ['on another platform', { kind: 'why', result: ID } as const, { ...owner, platform: 'discord' } as const],
  ])('is refused softly, its result being %s', async (_, action, request) => {
    const { press } = await start();
    await expect(press(action, { request })).rejects.toMatchObject({ code: 'stale-button' });
  });
});
