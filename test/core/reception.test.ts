import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import type { Request } from '../../src/core/request.ts';
import { GROUP, makeRequest, makeVibe, pressOf, vibeOf } from '../support/make-request.ts';
import { start } from '../support/reception-bench.ts';

const SEARCH = { command: 'search', query: 'jazz' } as const;
const album = (id: string, given: Partial<Request> = {}) => ({
  request: makeRequest(vibeOf(id), given),
  groupKey: 'g',
});

describe('Reception', () => {
  it('accepts a photo at once, counts it, wakes the worker and shows the sign', async () => {
    const { receive, calls, woken, counted, inbox } = start();
    await receive(makeRequest(vibeOf('cat')));
    const job = await inbox.take('photo', 1);
    expect(job).toMatchObject({ key: '1', requests: [makeRequest(vibeOf('cat'))] });
    expect(woken()).toBe(1);
    expect(counted).toEqual([{ name: 'requests', platform: 'telegram', command: 'vibe' }]);
    expect(calls().map(({ method }) => method)).toEqual(['working']);
  });

  it('keeps what is quick apart from photos', async () => {
    const { receive, inbox, calls } = start();
    await receive(makeRequest({ command: 'about' }));
    expect(await inbox.take('photo', 1)).toBeNull();
    expect(await inbox.take('quick', 1)).toMatchObject({ requests: [{ call: { command: 'about' } }] });
    expect(calls()).toEqual([]);
  });

  it('takes a repeated update once, and lets it cost nothing', async () => {
    const { receive, taken, woken, inbox } = start({ photos: 1 });
    for (let i = 0; i < 3; i++) await receive(makeRequest(vibeOf('cat')), { key: 'same' });
    expect(taken.photos).toEqual(['telegram:user:1001']);
    expect(woken()).toBe(1);
    expect((await inbox.depth()).photo.waiting).toBe(1);
    expect((await inbox.depth()).quick.waiting).toBe(0);
  });

  it('rejects what the disk refuses, so that it comes again', async () => {
    const { receive, inbox, woken } = start();
    inbox.accept = async () => Promise.reject(new Error('disk full'));
    await expect(receive(makeRequest())).rejects.toThrow('disk full');
    expect(woken()).toBe(0);
  });

  it('lets one that the disk refuses again and again cost the limits once', async () => {
    const { receive, inbox, taken } = start({ photos: 1 });
    const { accept } = inbox;
    inbox.accept = async () => Promise.reject(new Error('disk full'));
    for (let i = 0; i < 30; i++) {
      await expect(receive(makeRequest(vibeOf('cat')), { key: 'same' })).rejects.toThrow('disk full');
    }
    inbox.accept = accept;
    await receive(makeRequest(vibeOf('cat')), { key: 'same' });
    expect(taken.photos).toHaveLength(1);
    expect(await inbox.take('photo', 1)).toMatchObject({ key: 'same' });
  });
});

describe('Reception, of albums', () => {
  it('counts one album as one photo, and takes it a second after its last picture', async () => {
    const { receive, taken, inbox, time, calls } = start();
    for (let i = 0; i < 10; i++) {
      const { request, groupKey } = album(`${i}`);
      await receive(request, { groupKey });
      await time.advance(100);
    }
    expect(taken.photos).toHaveLength(1);
    await time.advance(899);
    expect(await inbox.take('photo', 1)).toBeNull();
    await time.advance(1);
    expect((await inbox.take('photo', 1))?.requests).toHaveLength(10);
    expect(calls()).toHaveLength(1);
  });

  it('counts it once, too, where its pictures come all at the same time', async () => {
    const { receive, taken, inbox } = start({ photos: 3 });
    await Promise.all(GENRES.map((genre) => receive(album(genre).request, { groupKey: 'g' })));
    expect(taken.photos).toHaveLength(1);
    expect((await inbox.depth()).photo.waiting).toBe(1);
  });

  it('refuses all of an album or nothing, and says so once', async () => {
    const { receive, refused, inbox } = start({ photos: 1 });
    await receive(makeRequest(vibeOf('before')));
    await Promise.all(GENRES.map((genre) => receive(album(genre).request, { groupKey: 'g' })));
    expect((await inbox.depth()).photo.waiting).toBe(1);
    expect(await refused()).toEqual(['slow-down']);
  });

  it('counts the next album anew', async () => {
    const { receive, taken } = start();
    for (const groupKey of ['g', 'h', 'g']) await receive(album('a').request, { groupKey });
    expect(taken.photos).toHaveLength(2);
  });

  it('lets pictures that nobody asked for cost nothing', async () => {
    const { receive, taken, calls, inbox } = start({ photos: 0, chat: 0 });
    const unasked = makeRequest(makeVibe({ images: ['a'], asked: false }), { chat: GROUP });
    for (let i = 0; i < 5; i++) await receive(unasked, { groupKey: 'g' });
    expect(taken).toEqual({ photos: [], chat: [], quick: [], hints: [], refusals: [] });
    expect(calls()).toEqual([]);
    expect((await inbox.depth()).photo.waiting).toBe(1);
  });

  it('tries again with an album whose limits could not be asked', async () => {
    const { receive, allowances, inbox } = start();
    const { take } = allowances.photos;
    allowances.photos.take = async () => Promise.reject(new Error('out of order'));
    await expect(receive(album('a').request, { key: 'k', groupKey: 'g' })).rejects.toThrow('out of order');
    allowances.photos.take = take;
    await receive(album('a').request, { key: 'k', groupKey: 'g' });
    expect((await inbox.depth()).photo.waiting).toBe(1);
  });
});

describe('Reception, over a limit', () => {
  it.each([
    ['photos', vibeOf('cat'), {}],
    ['chat', vibeOf('cat'), { chat: GROUP }],
    ['quick', { command: 'about' }, {}],
  ] as const)('tells of %s once, then is silent', async (limit, call, given) => {
    const { receive, refused, counted } = start({ [limit]: 1, waitMs: 4200 });
    for (let i = 0; i < 4; i++) await receive(makeRequest(call, given));
    expect(await refused()).toEqual(['slow-down']);
    expect(counted.filter(({ name }) => name === 'refusals')).toEqual(
      Array.from({ length: 3 }, () => ({ name: 'refusals', reason: 'slow-down' })),
    );
  });

  it('says after how many whole seconds', async () => {
    const { receive, inbox } = start({ photos: 0, waitMs: 4200 });
    await receive(makeRequest(vibeOf('cat')));
    const job = await inbox.take('quick', 1);
    expect(job?.requests[0]?.call).toEqual({ command: 'refuse', code: 'slow-down', values: { seconds: 5 } });
  });

  it('counts a chat’s photos in groups only', async () => {
    const { receive, taken } = start();
    await receive(makeRequest(vibeOf('a')));
    await receive(makeRequest(vibeOf('a'), { chat: GROUP }));
    expect(taken.chat).toEqual(['telegram:chat:-5']);
  });

  it('passes over a search in silence', async () => {
    const { receive, inbox, taken } = start({ quick: 0 });
    await receive(makeRequest(SEARCH));
    expect((await inbox.depth()).quick.waiting).toBe(0);
    expect(taken.refusals).toEqual([]);
  });

  it('says it in passing to who presses too much', async () => {
    const { receive, inbox } = start({ quick: 0 });
    await receive(makeRequest(pressOf('x'), { chat: GROUP }));
    const job = await inbox.take('quick', 1);
    expect(job?.requests[0]?.call).toMatchObject({ command: 'refuse', code: 'slow-down', inPassing: true });
  });

  it('takes what was chosen to be shared whatever the limits', async () => {
    const { receive, inbox } = start({ quick: 0 });
    await receive(makeRequest({ command: 'shared', resultId: 'a' }));
    expect((await inbox.depth()).quick.waiting).toBe(1);
  });

  it('passes over what is quick once a thousand wait, and counts it', async () => {
    const { receive, inbox, counted } = start();
    const { depth } = inbox;
    inbox.depth = async () => ({ ...(await depth()), quick: { waiting: 1000, running: 16 } });
    await receive(makeRequest({ command: 'about' }));
    expect((await depth()).quick.waiting).toBe(0);
    expect(counted).toEqual([{ name: 'refusals', reason: 'busy' }]);
  });

  it('counts all that is posted in a group, and no press or search', async () => {
    const { receive, taken } = start();
    for (const call of [{ command: 'about' } as const, pressOf('x'), SEARCH]) {
      await receive(makeRequest(call, { chat: GROUP }));
    }
    await receive(makeRequest({ command: 'about' }));
    expect(taken.chat).toEqual(['telegram:chat:-5']);
  });

  it('limits help that nobody asked for in each group, and says nothing of it', async () => {
    const { receive, inbox, taken } = start({ hints: 1 });
    const reply = { command: 'help', asked: false } as const;
    for (let i = 0; i < 3; i++) await receive(makeRequest(reply, { chat: GROUP }));
    expect((await inbox.depth()).quick.waiting).toBe(1);
    expect(taken.hints).toEqual(Array.from({ length: 3 }, () => 'telegram:chat:-5'));
    expect(taken.refusals).toEqual([]);
    await receive(makeRequest({ command: 'help', asked: true }, { chat: GROUP }));
    expect((await inbox.depth()).quick.waiting).toBe(2);
  });
});

describe('Reception, with many waiting', () => {
  it('answers politely that the queue is full, and takes the rest of what is quick', async () => {
    const { receive, inbox, refused } = start();
    inbox.depth = async () => ({ photo: { waiting: 200, running: 9 }, quick: { waiting: 0, running: 0 } });
    await receive(makeRequest(vibeOf('cat')));
    await receive(makeRequest({ command: 'about' }));
    expect(await refused()).toEqual(['busy']);
    expect(await inbox.take('photo', 1)).toBeNull();
  });

  it('tells the fourth photo of an asker its number, and nobody else', async () => {
    const { receive, told, inbox, calls } = start();
    for (let i = 0; i < 3; i++) await receive(makeRequest(vibeOf(`${i}`)));
    for (let i = 0; i < 3; i++) await inbox.take('photo', 3);
    await receive(makeRequest(vibeOf('of another'), { asker: { id: '2', locale: null } }));
    expect(told).toEqual([]);
    await receive(makeRequest(vibeOf('fourth')));
    expect(told).toMatchObject([[{ ahead: 1, ofAsker: 3 }, { call: { images: ['fourth'] } }]]);
    expect(calls()).toHaveLength(4);
  });

  it('tells a photo with many before it, of whoever it is', async () => {
    const { receive, told } = start({ worthTelling: 2 });
    for (let i = 0; i < 3; i++)
      await receive(makeRequest(vibeOf('a'), { asker: { id: `${i}`, locale: null } }));
    expect(told).toMatchObject([[{ ahead: 2 }, { asker: { id: '2' } }]]);
  });

  it('tells an album once', async () => {
    const { receive, told } = start({ worthTelling: 0 });
    for (let i = 0; i < 3; i++) await receive(album(`${i}`).request, { groupKey: 'g' });
    expect(told).toHaveLength(1);
  });

  it('logs it when that cannot be told, and goes on', async () => {
    const { receive, worker, lines, time } = start({ worthTelling: 0 });
    worker.tellWaiting = async () => Promise.reject(new Error('disk gone'));
    await receive(makeRequest(vibeOf('a')));
    await time.advance(0);
    expect(lines).toMatchObject([{ level: 'error', details: { error: { message: 'disk gone' } } }]);
  });
});
