import { expect, it } from 'vitest';
import type { Choice } from '../../src/core/choice.ts';
import { keyOf, type Person } from '../../src/core/person.ts';
import type { Store } from '../../src/core/store.ts';
import { ANN, BOB, DAY_MS, POSTED, prediction, VOTE } from './store-contract-given.ts';
import type { Start } from './store-contract-start.ts';
import { NOW, storedResult } from './stored-result.ts';

const CHOICE: Choice = { keep: true, version: '2030-01', at: NOW, resultId: 'a1' };
const NOTHING = { language: null, choice: null, results: [], votes: [], predictions: [] };

export function people(start: Start): void {
  it('tells a person all that is kept of them, newest first', async () => {
    const { store, setNow } = await start();
    expect(await store.about(ANN)).toEqual(NOTHING);
    await fill(store, BOB, 'b', []);
    await fill(store, ANN, 'a', ['b1', 'b2', 'a1']);
    const vote = { ...VOTE, voter: keyOf(ANN) };
    expect(await store.about(ANN)).toEqual({
      language: 'ar',
      choice: CHOICE,
      results: [storedResult('a2', { createdAt: NOW + 1 }), storedResult('a1', { posted: POSTED })],
      votes: ['a1', 'b2', 'b1'].map((resultId, index) => ({ ...vote, resultId, at: NOW + 3 - index })),
      predictions: [prediction('a2', { at: NOW + 1, community: null }), prediction('a1')],
    });
    setNow(NOW + 30 * DAY_MS + 1);
    const { results, votes, predictions } = await store.about(ANN);
    expect(results.map(({ id }) => id)).toEqual(['a2']);
    expect(votes.map(({ resultId }) => resultId)).toEqual(['b2']);
    expect(predictions).toHaveLength(2);
    setNow(NOW + 90 * DAY_MS + 1);
    expect(await store.about(ANN)).toMatchObject({ results: [], votes: [], predictions: [{ id: 'a2' }] });
  });

  it('forgets a person as if they had never been there, and nothing of anybody else', async () => {
    const { store, everything } = await start();
    await fill(store, BOB, 'b', ['b1']);
    const [before, bobs] = [await everything(), await store.about(BOB)];
    await fill(store, ANN, 'a', ['b1', 'b2', 'a1']);
    await store.putVote({ ...VOTE, resultId: 'a1', voter: keyOf(BOB), at: NOW + 9 });
    for (const trace of [ANN.pseudonym, keyOf(ANN)]) expect(await everything()).toContain(trace);
    await store.forget(ANN);
    expect(await store.about(ANN)).toEqual(NOTHING);
    expect(await store.about(BOB)).toEqual(bobs);
    expect(await everything()).toBe(before);
    await store.forget(ANN);
    expect(await everything()).toBe(before);
  });

  it('counts the vote before when the last one is forgotten', async () => {
    const { store } = await start();
    await fill(store, BOB, 'b', ['b1']);
    await fill(store, ANN, 'a', []);
    await store.putVote({ ...VOTE, resultId: 'b1', voter: keyOf(ANN), up: true, at: NOW + 9 });
    await store.putVote({ ...VOTE, resultId: 'b2', voter: keyOf(ANN), up: true, at: NOW + 9 });
    expect(await store.tally({ since: null })).toMatchObject({ ups: 2, downs: 0 });
    await store.forget(ANN);
    for (const of of [{}, { pseudonym: BOB.pseudonym }, { community: 'telegram:chat:-7' }]) {
      expect(await store.tally({ ...of, since: null })).toMatchObject({ ups: 0, downs: 1 });
    }
  });

  it('forgets also what is too old to be shown', async () => {
    const { store, setNow, everything } = await start();
    const empty = await everything();
    await fill(store, ANN, 'a', ['a1', 'a2']);
    setNow(NOW + 100 * DAY_MS);
    await store.forget(ANN);
    expect(await everything()).toBe(empty);
  });

  it('forgets, tells and lists however much there is', async () => {
    const { store, everything } = await start();
    const empty = await everything();
    const ids = Array.from({ length: 130 }, (_, index) => `a${String(index).padStart(3, '0')}`);
    const putAll = async (id: string, index: number) => {
      await store.putResult(storedResult(id, { posted: POSTED, createdAt: NOW + index }));
      await store.putPrediction(prediction(id, { at: NOW + index }));
      await store.putVote({ ...VOTE, resultId: id, voter: keyOf(ANN), at: NOW + index });
    };
    await Promise.all(ids.map(putAll));
    const newestFirst = ids.toReversed();
    const latest = await store.latestResults('telegram', '1001', 120);
    expect(latest.map(({ id }) => id)).toEqual(newestFirst.slice(0, 120));
    const { results, votes, predictions } = await store.about(ANN);
    expect(results.map(({ id }) => id)).toEqual(newestFirst);
    expect(votes.map(({ resultId }) => resultId)).toEqual(newestFirst);
    expect(predictions.map(({ id }) => id)).toEqual(newestFirst);
    await store.forget(ANN);
    expect(await everything()).toBe(empty);
  });

  it('keeps what votes have counted that are too old to be known', async () => {
    const { store, setNow, expire } = await start();
    await fill(store, BOB, 'b', []);
    await store.putVote({ ...VOTE, resultId: 'b1', voter: keyOf(ANN), up: false, at: NOW });
    await store.putVote({ ...VOTE, resultId: 'b1', voter: keyOf(BOB), up: true, at: NOW + 1 });
    setNow(NOW + 32 * DAY_MS);
    await store.purge();
    await expire();
    await store.forget(ANN);
    expect(await store.tally({ since: null })).toMatchObject({ ups: 1, downs: 0 });
  });
}

/** Two results and predictions of a person, who chose, and voted on so many results. */
async function fill(store: Store, { platform, id, pseudonym }: Person, name: string, votedOn: string[]) {
  const key = keyOf({ platform, id });
  await store.setLanguage(key, 'ar');
  await store.setChoice(key, CHOICE);
  const [first, second] = [`${name}1`, `${name}2`];
  await store.putResult(storedResult(first, { platform, owner: id, posted: POSTED }));
  await store.putResult(storedResult(second, { platform, owner: id, createdAt: NOW + 1 }));
  await store.putPrediction(prediction(first, { platform, pseudonym }));
  await store.putPrediction(prediction(second, { platform, pseudonym, at: NOW + 1, community: null }));
  for (const [index, resultId] of votedOn.entries()) {
    await store.putVote({ ...VOTE, resultId, voter: key, at: NOW + 1 + index });
  }
}
