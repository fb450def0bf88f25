import { describe, expect, it } from 'vitest';
import { encodeAction } from '../../src/core/action.ts';
import type { Job } from '../../src/core/chat-ports.ts';
import { type Request, refuse } from '../../src/core/request.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { startJobs as start } from '../support/job-bench.ts';
import { GROUP, makeRequest, makeVibe, pressOf, vibeOf } from '../support/make-request.ts';
import { makeReader } from '../support/reading-ports.ts';

const SECRET = 'planted: secret';
const broken = { wantsPreviews: false, explain: async () => Promise.reject(new Error(SECRET)) };
const bug = makeReader(() => {
  throw new Error(SECRET);
});

describe('JobRunner', () => {
  it('posts a photo’s first card, edits the rest in, records the message, and is done', async () => {
    const { accept, runNext, fake, store, isEmpty, counted, lastTexts } = start();
    await accept(makeRequest(vibeOf('cat')));
    await runNext();
    expect(fake.calls.map(({ method }) => method)).toEqual(['post', 'edit']);
    expect(lastTexts()).toContain('photo jazz en');
    expect(await store.result('result-of-k1')).toMatchObject({
      owner: '1001',
      posted: { messageId: 'm1', image: expect.stringContaining('jazz-') },
      explanation: { photo: 'photo jazz en' },
    });
    expect(await isEmpty()).toBe(true);
    expect(counted).toEqual([{ name: 'answers', platform: 'telegram', command: 'vibe', outcome: 'ok' }]);
  });

  it('times the wait, the first card and the whole answer', async () => {
    const { accept, runNext, timed, time } = start();
    await accept(makeRequest(vibeOf('cat')));
    await time.advance(300);
    await runNext();
    const names = ['wait', 'to_first_card', 'answer_vibe'];
    expect(timed.filter(([stage]) => names.includes(stage))).toEqual([
      ['wait', 300],
      ['to_first_card', 300],
      ['answer_vibe', 0],
    ]);
  });

  it('tells in words what was wrong with a photo', async () => {
    const { accept, runNext, isEmpty, counted, lastTexts, lines } = start();
    await accept(makeRequest(vibeOf('gone')));
    await runNext();
    expect(lastTexts()).toEqual([LANGUAGES.en.errors['picture-gone']({})]);
    expect(counted).toEqual([
      { name: 'errors', kind: 'picture-gone' },
      { name: 'answers', platform: 'telegram', command: 'vibe', outcome: 'picture-gone' },
    ]);
    expect(lines).toEqual([]);
    expect(await isEmpty()).toBe(true);
  });

  it('tells a refusal in the asker’s language', async () => {
    const { accept, runNext, lastTexts } = start();
    await accept(makeRequest(refuse('slow-down', { seconds: 9 }), { asker: { id: '7', locale: 'ar-SA' } }));
    await runNext();
    expect(lastTexts()).toEqual([LANGUAGES.ar.errors['slow-down']({ seconds: 9 })]);
  });

  it('apologises for a bug, logs it with its cause, and tells nobody its text', async () => {
    const { accept, runNext, fake, isEmpty, counted, lastTexts, lines } = start({ photoReader: bug });
    await accept(makeRequest(vibeOf('cat')));
    await runNext();
    expect(lastTexts()).toEqual([LANGUAGES.en.apology]);
    expect(JSON.stringify(fake.calls)).not.toContain(SECRET);
    expect(lines).toMatchObject([
      { level: 'error', details: { command: 'vibe', error: { message: SECRET } } },
    ]);
    expect(counted).toEqual([
      { name: 'errors', kind: 'bug' },
      { name: 'answers', platform: 'telegram', command: 'vibe', outcome: 'bug' },
    ]);
    expect(await isEmpty()).toBe(true);
  });

  it('loses only its own part of the answer to a service that is down', async () => {
    const { accept, runNext, lastTexts, counted } = start({ explainer: broken });
    await accept(makeRequest(vibeOf('cat')));
    await runNext();
    expect(lastTexts()).toContain(LANGUAGES.en.card.unavailable);
    expect(counted).toMatchObject([{ outcome: 'ok' }]);
  });

  it.each([
    ['press', pressOf('forged'), 'toast', LANGUAGES.en.errors['stale-button']({})],
    ['search', { command: 'search', query: '' } as const, 'offer', LANGUAGES.en.chat.search.hint],
  ])('tells an error where it belongs: %s', async (name, call, method, text) => {
    const given = name === 'search' ? { playlistSource: null as never } : {};
    const { accept, runNext, fake, store } = start(given);
    if (name === 'search') store.latestResults = async () => Promise.reject(new Error(SECRET));
    await accept(makeRequest(call));
    await runNext();
    const told = fake.calls.filter((one) => one.method !== 'abandon');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject(
      method === 'toast' ? { method, text } : { method, finds: { finds: [], hint: text } },
    );
  });

  it('edits the message that has the pressed button, and does not take it for an answer of its own', async () => {
    const { accept, runNext, fake, dependencies, store } = start();
    await accept(makeRequest(vibeOf('cat')));
    await runNext();
    const data = encodeAction({ kind: 'why-genre', result: 'result-of-k1', genre: 'rock' }, dependencies.mac);
    await accept(makeRequest(pressOf(data)));
    const before = await store.result('result-of-k1');
    await runNext();
    expect(fake.named('post')).toHaveLength(1);
    expect(fake.calls.at(-1)).toMatchObject({ method: 'edit', messageId: '77' });
    expect(await store.result('result-of-k1')).toEqual(before);
  });

  it('ends quietly with an album that nobody asked about', async () => {
    const { accept, runNext, fake, isEmpty, counted } = start();
    const unasked = { ...makeRequest(), chat: GROUP, call: { ...vibeOf('a'), asked: false } } as Request;
    for (const key of ['1', '2']) await accept(unasked, { key, groupKey: 'g', lane: 'photo' });
    await runNext();
    expect(fake.calls).toEqual([]);
    expect(counted).toEqual([]);
    expect(await isEmpty()).toBe(true);
  });

  it('reads an album of which one picture asks, and answers there', async () => {
    const { accept, runNext, fake, store } = start();
    const one = makeRequest(makeVibe({ images: ['a'], asked: false }), { chat: GROUP });
    const two = makeRequest(vibeOf('b'), { chat: GROUP, address: { chatId: -5, replyTo: 2 } });
    await accept(one, { key: '1', groupKey: 'g', lane: 'photo' });
    await accept(two, { key: '2', groupKey: 'g', lane: 'photo' });
    await runNext();
    expect(fake.calls[0]?.request?.address).toEqual(two.address);
    expect((await store.result('result-of-1'))?.pictures.map(({ reference }) => reference)).toEqual([
      'a',
      'b',
    ]);
  });

  it('keeps the platform’s sign up while it works', async () => {
    const looking = Promise.withResolvers<void>();
    const reader = makeReader();
    const photoReader = {
      ...reader,
      look: async (...args: Parameters<typeof reader.look>) => {
        await looking.promise;
        return reader.look(...args);
      },
    };
    const { accept, take, runner, fake, time } = start({ photoReader });
    await accept(makeRequest(vibeOf('cat')));
    const ends = runner.run((await take()) as Job, () => {});
    await time.advance(9000);
    expect(fake.named('working').map(({ at }) => at)).toEqual([4000, 8000]);
    looking.resolve();
    await time.advance(9000);
    await ends;
    expect(fake.named('working')).toHaveLength(2);
  });
});
