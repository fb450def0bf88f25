import { expect, it } from 'vitest';
import { DAY_MS, POSTED, VOTE } from './store-contract-given.ts';
import type { Start } from './store-contract-start.ts';
import { NOW, storedResult } from './stored-result.ts';

const EXPLANATION = { photo: 'Warm.', heatmap: 'Here.', altText: 'لوحة', source: 'local' } as const;

export function results(start: Start): void {
  it('gives back whole what was put, one by one', async () => {
    const { store } = await start();
    const album = { count: 2, unread: 1, genre: 'jazz' as const, loudest: 2 };
    const answered = { explanation: EXPLANATION, posted: POSTED, shared: true };
    const full = storedResult('b-_4567890123456', { platform: 'discord', album, ...answered });
    await store.putResult(storedResult('a'));
    await store.putResult(full);
    expect(await store.result('a')).toEqual(storedResult('a'));
    expect(await store.result(full.id)).toEqual(full);
    expect(await store.result('A')).toBeNull();
    expect(await store.result("' OR 1=1 --")).toBeNull();
  });

  it('replaces a result with the same id, and keeps its votes', async () => {
    const { store } = await start();
    await store.putResult(storedResult('a', { posted: POSTED, explanation: EXPLANATION, shared: true }));
    await store.putVote(VOTE);
    const again = storedResult('a', { owner: '1002', createdAt: NOW + 1, modelVersion: 'm2' });
    await store.putResult(again);
    expect(await store.result('a')).toEqual(again);
    expect(await store.vote('a', VOTE.voter)).toEqual(VOTE);
    expect(await store.latestResults('telegram', '1001', 10)).toEqual([]);
  });

  it('changes only what it is told to', async () => {
    const { store } = await start();
    for (const id of ['a', 'b']) await store.putResult(storedResult(id));
    await store.setPosted('a', { ...POSTED, messageId: 'first' });
    await store.setPosted('a', POSTED);
    await store.setExplanation('a', EXPLANATION);
    const changed = { posted: POSTED, explanation: EXPLANATION };
    expect(await store.result('a')).toEqual(storedResult('a', changed));
    await store.setShared('a');
    expect(await store.result('a')).toEqual(storedResult('a', { ...changed, shared: true }));
    expect(await store.result('b')).toEqual(storedResult('b'));
  });

  it('loses no change to one that is made at the same time', async () => {
    const { store } = await start();
    await store.putResult(storedResult('a'));
    await Promise.all([
      store.setShared('a'),
      store.setPosted('a', POSTED),
      store.setExplanation('a', EXPLANATION),
    ]);
    const changed = { posted: POSTED, explanation: EXPLANATION, shared: true };
    expect(await store.result('a')).toEqual(storedResult('a', changed));
  });

  it('makes no result by changing one that is not there', async () => {
    const { store, everything } = await start();
    const empty = await everything();
    await store.setPosted('a', POSTED);
    await store.setExplanation('a', EXPLANATION);
    await store.setShared('a');
    expect(await store.result('a')).toBeNull();
    expect(await everything()).toBe(empty);
  });

  it("lists an owner's posted results, newest first, as many as asked for", async () => {
    const { store } = await start();
    await store.putResult(storedResult('old', { createdAt: NOW - 3, posted: POSTED }));
    await store.putResult(storedResult('new', { createdAt: NOW - 1, posted: POSTED }));
    await store.putResult(storedResult('middle', { createdAt: NOW - 2 }));
    await store.putResult(storedResult('theirs', { owner: '1002', posted: POSTED }));
    await store.putResult(storedResult('elsewhere', { platform: 'discord', posted: POSTED }));
    const latest = (limit: number) => store.latestResults('telegram', '1001', limit);
    const ids = async (limit: number) => (await latest(limit)).map(({ id }) => id);
    expect(await ids(10)).toEqual(['new', 'old']);
    await store.setPosted('middle', POSTED);
    expect(await ids(10)).toEqual(['new', 'middle', 'old']);
    expect(await ids(2)).toEqual(['new', 'middle']);
    expect(await ids(0)).toEqual([]);
    expect(await latest(1)).toEqual([storedResult('new', { createdAt: NOW - 1, posted: POSTED })]);
    await store.putResult(storedResult('old', { createdAt: NOW, posted: POSTED }));
    expect(await ids(10)).toEqual(['old', 'new', 'middle']);
  });
}

export function age(start: Start): void {
  it.each([false, true])('knows a result and its votes for 30 days (purged: %s)', async (purged) => {
    const { store, setNow, expire } = await start();
    await store.putResult(storedResult('a', { posted: POSTED }));
    await store.putResult(storedResult('b', { posted: POSTED, createdAt: NOW + 1 }));
    await store.putVote(VOTE);
    await store.setLanguage('telegram:user:1', 'ar');
    const purge = async () => {
      await store.purge();
      await expire();
    };
    setNow(NOW + 30 * DAY_MS);
    if (purged) await purge();
    expect(await store.result('a')).not.toBeNull();
    expect(await store.vote('a', VOTE.voter)).toEqual(VOTE);
    setNow(NOW + 30 * DAY_MS + 1);
    if (purged) await purge();
    expect(await store.result('a')).toBeNull();
    expect(await store.vote('a', VOTE.voter)).toBeNull();
    expect((await store.latestResults('telegram', '1001', 10)).map(({ id }) => id)).toEqual(['b']);
    expect(await store.language('telegram:user:1')).toBe('ar');
  });

  it('has really forgotten what is long past', async () => {
    const { store, setNow, expire, everything } = await start();
    const empty = await everything();
    await store.putResult(storedResult('a'));
    await store.putVote(VOTE);
    setNow(NOW + 40 * DAY_MS);
    await store.purge();
    await expire();
    expect(await everything()).toBe(empty);
    setNow(NOW);
    expect(await store.result('a')).toBeNull();
    await store.putResult(storedResult('a'));
    expect(await store.vote('a', VOTE.voter)).toBeNull();
  });
}
