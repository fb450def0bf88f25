import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../src/core/chat-ports.ts';
import type { Posted, Vote } from '../../src/core/stored-result.ts';
import { NOW, storedResult } from './stored-result.ts';

interface OpenStore {
  readonly store: Store;
  close(): Promise<void>;
  /** What the store's calendar says from now on, milliseconds since 1970. */
  setNow(ms: number): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const POSTED: Posted = { messageId: '77', imageName: 'jazz.jpg', image: { fileId: 'AgAC', size: 3 } };
const EXPLANATION = { photo: 'Warm.', heatmap: 'Here.', altText: 'لوحة', source: 'local' } as const;

type Start = () => Promise<OpenStore>;

/** What holds for every Store. `open` gives an empty one, whose calendar stands at NOW. */
export function storeContract(name: string, open: Start): void {
  const start = async () => {
    const opened = await open();
    onTestFinished(() => opened.close());
    return opened;
  };
  describe(`${name} as a Store`, () => {
    languages(start);
    results(start);
    latest(start);
    votes(start);
    age(start);
  });
}

function languages(start: Start): void {
  it('remembers the last language of each key', async () => {
    const { store } = await start();
    expect(await store.language('telegram:user:1')).toBeNull();
    await store.setLanguage('telegram:user:1', 'ar');
    await store.setLanguage('telegram:chat:1', 'ar');
    await store.setLanguage('telegram:user:1', 'en');
    expect(await store.language('telegram:user:1')).toBe('en');
    expect(await store.language('telegram:chat:1')).toBe('ar');
    expect(await store.language('discord:user:1')).toBeNull();
  });
}

function results(start: Start): void {
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

  it('makes no result by changing one that is not there', async () => {
    const { store } = await start();
    await store.setPosted('a', POSTED);
    await store.setExplanation('a', EXPLANATION);
    await store.setShared('a');
    expect(await store.result('a')).toBeNull();
  });
}

function latest(start: Start): void {
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
    expect(await latest(1)).toEqual([storedResult('new', { createdAt: NOW - 1, posted: POSTED })]);
  });
}

const VOTE: Vote = { resultId: 'a', voter: 'telegram:user:7', up: false, genre: 'rock', at: NOW };

function votes(start: Start): void {
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

  it('drops a vote on a result that is not there or too old', async () => {
    const { store, setNow } = await start();
    await store.putVote(VOTE);
    await store.putResult(storedResult('a'));
    expect(await store.vote('a', VOTE.voter)).toBeNull();
    setNow(NOW + 30 * DAY_MS + 1);
    await store.putVote(VOTE);
    setNow(NOW);
    expect(await store.vote('a', VOTE.voter)).toBeNull();
  });
}

function age(start: Start): void {
  it.each([false, true])('knows a result and its votes for 30 days (purged: %s)', async (purged) => {
    const { store, setNow } = await start();
    await store.putResult(storedResult('a', { posted: POSTED }));
    await store.putResult(storedResult('b', { posted: POSTED, createdAt: NOW + 1 }));
    await store.putVote(VOTE);
    await store.setLanguage('telegram:user:1', 'ar');
    setNow(NOW + 30 * DAY_MS);
    if (purged) await store.purge();
    expect(await store.result('a')).not.toBeNull();
    expect(await store.vote('a', VOTE.voter)).toEqual(VOTE);
    setNow(NOW + 30 * DAY_MS + 1);
    if (purged) await store.purge();
    expect(await store.result('a')).toBeNull();
    expect(await store.vote('a', VOTE.voter)).toBeNull();
    expect((await store.latestResults('telegram', '1001', 10)).map(({ id }) => id)).toEqual(['b']);
    expect(await store.language('telegram:user:1')).toBe('ar');
  });

  it('has really forgotten what it purged', async () => {
    const { store, setNow } = await start();
    await store.putResult(storedResult('a'));
    await store.putVote(VOTE);
    setNow(NOW + 30 * DAY_MS + 1);
    await store.purge();
    setNow(NOW);
    expect(await store.result('a')).toBeNull();
    await store.putResult(storedResult('a'));
    expect(await store.vote('a', VOTE.voter)).toBeNull();
  });
}
