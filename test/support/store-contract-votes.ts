import { expect, it } from 'vitest';
import { ANN, DAY_MS, prediction, VOTE } from './store-contract-given.ts';
import type { Start } from './store-contract-start.ts';
import { NOW, storedResult } from './stored-result.ts';

export function votes(start: Start): void {
  it("keeps each person's last vote on each result", async () => {
    const { store } = await start();
    for (const id of ['a', 'b']) await store.putResult(storedResult(id));
    const others = { ...VOTE, voter: 'discord:user:7', up: true, genre: null };
    const onB = { ...VOTE, resultId: 'b', at: NOW + 5 };
    for (const vote of [VOTE, others, onB]) await store.putVote(vote);
    const later = { ...VOTE, up: true, genre: null, at: NOW + 9 };
    await store.putVote(later);
    expect(await store.vote('a', VOTE.voter)).toEqual(later);
    expect(await store.vote('a', others.voter)).toEqual(others);
    expect(await store.vote('b', VOTE.voter)).toEqual(onB);
    expect(await store.vote('b', others.voter)).toBeNull();
  });

  it('keeps a vote as long as the result that is put again', async () => {
    const { store, setNow, expire } = await start();
    await store.putResult(storedResult('a'));
    await store.putVote(VOTE);
    await store.putResult(storedResult('a', { createdAt: NOW + DAY_MS / 2 }));
    setNow(NOW + 30.5 * DAY_MS);
    await store.purge();
    await expire();
    expect(await store.vote('a', VOTE.voter)).toEqual(VOTE);
  });

  it('drops a vote on a result that is not there or too old', async () => {
    const { store, setNow } = await start();
    await store.putPrediction(prediction('a'));
    await store.putVote(VOTE);
    await store.putResult(storedResult('a'));
    expect(await store.vote('a', VOTE.voter)).toBeNull();
    setNow(NOW + 30 * DAY_MS + 1);
    await store.putVote(VOTE);
    setNow(NOW);
    expect(await store.vote('a', VOTE.voter)).toBeNull();
    expect(await store.tally({ since: null })).toMatchObject({ ups: 0, downs: 0 });
  });

  it('counts the last vote on a result, whoever gave it', async () => {
    const { store } = await start();
    for (const id of ['a', 'b']) {
      await store.putResult(storedResult(id));
      await store.putPrediction(prediction(id));
    }
    const counted = async () => {
      const { ups, downs } = await store.tally({ since: null });
      return [ups, downs];
    };
    expect(await counted()).toEqual([0, 0]);
    await store.putVote(VOTE);
    expect(await counted()).toEqual([0, 1]);
    await store.putVote({ ...VOTE, voter: 'telegram:user:8', up: true, at: NOW + 1 });
    expect(await counted()).toEqual([1, 0]);
    await store.putVote({ ...VOTE, at: NOW + 2 });
    await store.putVote({ ...VOTE, resultId: 'b', up: true, at: NOW + 3 });
    expect(await counted()).toEqual([1, 1]);
    await store.putVote({ ...VOTE, voter: 'telegram:user:8', up: true, at: NOW + 1 }); // again, and late
    expect(await counted()).toEqual([1, 1]);
    for (const of of [{ pseudonym: prediction('a').pseudonym }, { community: 'telegram:chat:-7' }]) {
      expect(await store.tally({ ...of, since: null })).toMatchObject({ ups: 1, downs: 1 });
    }
  });

  it('leaves nothing of what a prediction was before it was put again', async () => {
    const { store, everything } = await start();
    const moved = prediction('a', { at: NOW + 1, community: 'telegram:chat:-8' });
    await store.putPrediction(moved);
    const before = await everything();
    await store.forget(ANN);
    await store.putPrediction(prediction('a'));
    await store.putPrediction(moved);
    expect(await everything()).toBe(before);
  });

  it('keeps the vote of a prediction that is put again, and counts it once', async () => {
    const { store } = await start();
    await store.putResult(storedResult('a'));
    await store.putPrediction(prediction('a'));
    await store.putVote(VOTE);
    await store.putPrediction(prediction('a'));
    const elsewhere = { at: NOW + 1, community: null, genre: 'pop', confidence: 0.5 } as const;
    expect(await store.tally({ since: null })).toMatchObject({ ups: 0, downs: 1, confidence: 0.75 });
    await store.putPrediction(prediction('a', elsewhere));
    const genres = { classical: 0, electronic: 0, jazz: 0, pop: 1, rock: 0 };
    const counted = { genres, confidence: 0.5, ups: 0, downs: 1 };
    expect(await store.tally({ since: null })).toEqual(counted);
    expect(await store.tally({ pseudonym: prediction('a').pseudonym, since: null })).toEqual(counted);
    const { confidence, downs } = await store.tally({ community: 'telegram:chat:-7', since: null });
    expect([confidence, downs]).toEqual([0, 0]);
  });
}
