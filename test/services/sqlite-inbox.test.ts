import { expect, it } from 'vitest';
import type { Request } from '../../src/core/request.ts';
import { photoRequest, START, startInbox } from '../support/start-inbox.ts';

it('gives back whole what it accepted, once', async () => {
  const { inbox, accept } = startInbox();
  expect(await inbox.knows('k')).toBe(false);
  const accepted = await accept('ann', 'k');
  expect(accepted).toEqual({ id: accepted.id, fresh: true, joined: false, ahead: 0, ofAsker: 0 });
  expect(await inbox.knows('k')).toBe(true);
  expect(await inbox.take('quick', 1)).toBeNull();
  expect(await inbox.take('photo', 1)).toEqual({
    id: accepted.id,
    lane: 'photo',
    requests: [photoRequest('ann', 'k')],
    key: 'k',
    attempts: 1,
    deaths: 0,
    unsure: 0,
    posted: null,
    acceptedAt: START,
  });
  expect(await inbox.take('photo', 1)).toBeNull();
});

it('keeps words of every script, and quotes', async () => {
  const { inbox } = startInbox();
  const words = ['جاز', `'; DROP TABLE jobs; --`, '🎷\u0000\ud800"\\'];
  const odd: Request = { ...photoRequest('ann', 'k'), call: { command: 'playlist', words } };
  await inbox.accept(odd, { lane: 'quick', key: `k'"`, groupKey: null, notBefore: START });
  const job = await inbox.take('quick', 1);
  expect(job?.requests).toEqual([odd]);
  expect(job?.key).toBe(`k'"`);
});

it('accepts a key once, while it waits, runs and after it was done', async () => {
  const { inbox, accept, taken } = startInbox();
  const { id } = await accept('ann', 'k');
  const repeated = { id, fresh: false, joined: true, ahead: 0, ofAsker: 0 };
  expect(await accept('ann', 'k')).toEqual(repeated);
  expect(await taken()).toBe('k');
  expect(await accept('ann', 'k')).toEqual(repeated);
  await inbox.done(id);
  expect(await accept('ann', 'k')).toEqual(repeated);
  expect(await inbox.knows('k')).toBe(true);
  expect(await taken()).toBeNull();
  expect(await inbox.depth()).toEqual({
    photo: { waiting: 0, running: 0 },
    quick: { waiting: 0, running: 0 },
  });
});

it('says how many are ahead in the lane, and how many of those are of the same asker', async () => {
  const { inbox, accept, taken } = startInbox();
  const counts = async (...of: Parameters<typeof accept>) => {
    const { ahead, ofAsker } = await accept(...of);
    return [ahead, ofAsker];
  };
  const album = { groupKey: 'album' };
  expect(await counts('ann', '1')).toEqual([0, 0]);
  expect(await counts('bob', '2', album)).toEqual([1, 0]);
  expect(await counts('bob', '3', album)).toEqual([1, 0]);
  expect(await counts('ann', '4')).toEqual([2, 1]);
  expect(await counts('ann', '5', { lane: 'quick' })).toEqual([0, 0]);
  expect(await taken()).toBe('1');
  expect(await counts('ann', '6')).toEqual([2, 2]); // '1' runs: not ahead any more, but unfinished
  const { id } = await accept('ann', '1');
  await inbox.posted(id, { messageId: 'm', imageName: 'heatmap.jpg', image: null });
  expect((await accept('ann', '6')).ofAsker).toBe(1); // only words of '1' are still to come
  await inbox.done(id);
  expect(await counts('ann', '7')).toEqual([3, 2]);
  expect(await counts('ann', '4')).toEqual([1, 0]); // a repeated one keeps its place
  expect(await inbox.depth()).toEqual({
    photo: { waiting: 4, running: 0 },
    quick: { waiting: 1, running: 0 },
  });
});

it('takes the pictures of an album together, once the last may be', async () => {
  const { inbox, clock, accept, taken } = startInbox();
  const album = { groupKey: 'album' };
  const first = await accept('ann', 'a1', { ...album, notBefore: START + 1000 });
  await accept('bob', 'b', { notBefore: START + 1500 });
  clock.now += 900;
  const second = await accept('ann', 'a2', { ...album, notBefore: START + 1900 });
  expect(second).toEqual({ id: first.id, fresh: true, joined: true, ahead: 0, ofAsker: 0 });
  await accept('ann', 'a0', { ...album, notBefore: START + 1100 }); // does not move it back
  expect((await accept('ann', 'a2', album)).fresh).toBe(false);
  expect(await inbox.nextAt('photo')).toBe(START + 1500);
  clock.now = START + 1899;
  expect(await taken()).toBe('b');
  expect(await taken()).toBeNull();
  expect(await inbox.nextAt('photo')).toBe(START + 1900);
  clock.now = START + 1900;
  expect(await inbox.take('photo', 1)).toMatchObject({
    id: first.id,
    key: 'a1',
    requests: ['a1', 'a2', 'a0'].map((key) => photoRequest('ann', key)),
    acceptedAt: START,
  });
  expect(await inbox.nextAt('photo')).toBeNull();
});

it('begins anew with a picture that comes when its album was taken already', async () => {
  const { inbox, accept, taken } = startInbox();
  const album = { groupKey: 'album' };
  const first = await accept('ann', 'a1', album);
  expect(await taken()).toBe('a1');
  const late = await accept('ann', 'a2', album);
  expect(late).toEqual({ id: late.id, fresh: true, joined: false, ahead: 0, ofAsker: 1 });
  expect(late.id).not.toBe(first.id);
  expect((await accept('ann', 'a3', album)).id).toBe(late.id);
  await inbox.done(first.id);
  expect((await inbox.take('photo', 1))?.requests).toHaveLength(2);
  await inbox.done(late.id);
  expect(await accept('ann', 'a4', album)).toMatchObject({ fresh: true, joined: false });
  // the same name in another lane is another group
  expect(await accept('ann', 'a5', { ...album, lane: 'quick' })).toMatchObject({ joined: false });
});
