import { describe, expect, it } from 'vitest';
import { askerKey } from '../../src/core/request.ts';
import { GROUP, makeRequest, vibeOf } from '../support/make-request.ts';
import { start } from '../support/reception-bench.ts';

const ABOUT = makeRequest({ command: 'about' });

describe('what is told to whoever brings a request', () => {
  it('is that it was accepted, also where it comes again', async () => {
    const { receive } = start();
    expect(await receive(makeRequest(vibeOf('cat')), { key: 'same' })).toBe('accepted');
    expect(await receive(makeRequest(vibeOf('cat')), { key: 'same' })).toBe('accepted');
  });

  it('is the same for one that comes twice at once', async () => {
    const { receive, inbox } = start();
    const twice = [1, 2].map(() => receive(ABOUT, { key: 'same' }));
    expect(await Promise.all(twice)).toEqual(['accepted', 'accepted']);
    expect((await inbox.depth()).quick.waiting).toBe(1);
  });

  it('is that it was accepted, where the answer will be that it is too much', async () => {
    const { receive, refused } = start({ quick: 0 });
    expect(await receive(ABOUT)).toBe('accepted');
    expect(await refused()).toEqual(['slow-down']);
  });

  it('is that it was passed over, once they have been told that', async () => {
    const { receive, refused } = start({ quick: 0 });
    await receive(ABOUT);
    expect(await receive(ABOUT)).toBe('passed over');
    expect(await refused()).toEqual(['slow-down']);
  });

  it('is that it was accepted, where the platform does not count its answer in the chat', async () => {
    const { receive, taken } = start({ chat: 0 });
    const inGroup = makeRequest({ command: 'about' }, { chat: GROUP });
    expect(await receive(inGroup, { uncounted: true })).toBe('accepted');
    expect(taken.chat).toEqual([]);
    const tooMuch = start({ quick: 0 });
    await tooMuch.receive(inGroup, { uncounted: true });
    // nobody else in the chat is kept from being told
    expect(tooMuch.taken.refusals).toEqual([askerKey(inGroup)]);
  });

  it.each([
    ['a search', makeRequest({ command: 'search', query: 'jazz' }), { quick: 0 }],
    ['help', makeRequest({ command: 'help', asked: false }, { chat: GROUP }), { hints: 0 }],
  ])('is that it was passed over, where nothing is said of limits: %s', async (_, request, limits) => {
    const { receive, inbox } = start(limits);
    expect(await receive(request)).toBe('passed over');
    expect((await inbox.depth()).quick.waiting).toBe(0);
  });

  it('is that it was passed over, where too much waits already', async () => {
    const { receive, inbox } = start();
    const { depth } = inbox;
    inbox.depth = async () => ({ ...(await depth()), quick: { waiting: 1000, running: 16 } });
    expect(await receive(ABOUT)).toBe('passed over');
  });
});
