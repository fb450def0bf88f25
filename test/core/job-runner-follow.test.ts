import { describe, expect, it } from 'vitest';
import { encodeAction } from '../../src/core/action.ts';
import type { Job } from '../../src/core/chat-ports.ts';
import { GONE, laterBy, UNSURE } from '../support/fake-outlet.ts';
import { mac, makeJobBench, runnerOf, startJobs } from '../support/job-bench.ts';
import { GROUP, makeRequest, pressOf, vibeOf } from '../support/make-request.ts';
import { trackSource } from '../support/reading-ports.ts';

const cat = makeRequest(vibeOf('cat'), { address: { chatId: 1001, messageId: 5 }, answerBy: null });
const start = () => startJobs({ trackSource });
const titlesOf = (calls: readonly { card?: { title: string } }[]) => calls.map(({ card }) => card?.title);

describe('a message beneath an answer', () => {
  it('is a job of its own, which is told of at once', async () => {
    const bench = makeJobBench({ trackSource });
    await bench.accept(cat, { key: 'update 1' });
    let woken = 0;
    const { runner } = runnerOf(bench, {}, () => woken++);
    const ends = runner.run((await bench.take()) as Job, () => {});
    await bench.time.advance(10_000);
    await ends;
    expect(woken).toBe(1);
    expect(await bench.take()).toMatchObject({
      lane: 'quick',
      key: 'update 1:tracks',
      requests: [{ ...cat, call: { command: 'tracks', genre: 'jazz', region: 'global', replyTo: 'm1' } }],
    });
  });

  it('is posted after the answer, and leaves that as it is', async () => {
    const { accept, runNext, fake, isEmpty, counted } = start();
    await accept(cat);
    await runNext();
    await runNext();
    expect(titlesOf(fake.named('post'))).toEqual(['Jazz · 70%', '🎵 Jazz · Global']);
    expect(fake.named('edit').every(({ messageId }) => messageId === 'm1')).toBe(true);
    expect(await isEmpty()).toBe(true);
    expect(counted).toContainEqual({ name: 'requests', platform: 'telegram', command: 'tracks' });
    expect(counted).toContainEqual({
      name: 'answers',
      platform: 'telegram',
      command: 'tracks',
      outcome: 'ok',
    });
  });

  it('is accepted once, though the answer is worked on again', async () => {
    const { accept, runNext, fake, isEmpty } = start();
    await accept(cat);
    fake.plan('edit', laterBy(1000));
    await runNext(); // the card is there, its words are not
    await runNext(); // the words
    await runNext(); // the songs
    expect(await isEmpty()).toBe(true);
    expect(titlesOf(fake.named('post'))).toEqual(['Jazz · 70%', '🎵 Jazz · Global']);
  });

  it('does not come where the answer does not', async () => {
    const { accept, runNext, fake, isEmpty } = start();
    await accept(cat);
    fake.plan('post', GONE);
    await runNext();
    expect(await isEmpty()).toBe(true);
    expect(fake.named('post')).toHaveLength(1);
  });

  it('is tried once more when nobody knows whether it is there', async () => {
    const { accept, runNext, fake, isEmpty, counted } = start();
    await accept(cat);
    await runNext();
    fake.plan('post', UNSURE);
    await runNext();
    expect(fake.named('post')).toHaveLength(3);
    expect(counted).toContainEqual({ name: 'possible_duplicates', platform: 'telegram' });
    expect(await isEmpty()).toBe(true);
  });

  it('is given up without a word', async () => {
    const tracks = async () => Promise.reject(new Error('a bug'));
    const { accept, runNext, fake, isEmpty } = startJobs({ trackSource: { available: true, tracks } });
    await accept(cat);
    await runNext();
    await runNext();
    expect(titlesOf(fake.named('post'))).toEqual(['Jazz · 70%']);
    expect(await isEmpty()).toBe(true);
  });
});

describe('a message beneath one whose button was pressed', () => {
  const press = (genre: 'jazz' | 'pop') =>
    makeRequest(pressOf(encodeAction({ kind: 'tracks', genre, region: 'global' }, mac)), { chat: GROUP });

  it('comes once in a while, however many press', async () => {
    const { accept, runNext, take, fake, time, isEmpty } = start();
    for (let at = 0; at < 5; at++) await accept(press('jazz'));
    for (let at = 0; at < 6; at++) await runNext();
    expect(await isEmpty()).toBe(true);
    expect(titlesOf(fake.named('post'))).toEqual(['🎵 Jazz · Global']);
    expect(fake.named('post')[0]?.request?.call).toMatchObject({ replyTo: '77' });
    await accept(press('pop'));
    await runNext();
    await runNext();
    expect(fake.named('post')).toHaveLength(2);
    await time.advance(5 * 60_000);
    await accept(press('jazz'));
    await runNext();
    expect(await take()).toMatchObject({ requests: [{ call: { command: 'tracks', genre: 'jazz' } }] });
  });
});
