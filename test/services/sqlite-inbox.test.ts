import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AcceptOptions } from '../../src/core/chat-ports.ts';
import type { Request } from '../../src/core/request.ts';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteInbox } from '../../src/services/sqlite-inbox.ts';

const START = 1_900_000_000_000;

function start() {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-inbox-'));
  const database = openDatabase(folder);
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const clock = { now: START };
  const inbox = createSqliteInbox({ database, calendar: () => clock.now });
  const accept = (asker: string, key: string, options: Partial<AcceptOptions> = {}) =>
    inbox.accept(request(asker, key), {
      lane: 'photo',
      key,
      groupKey: null,
      notBefore: clock.now,
      ...options,
    });
  const taken = async (perAsker = 1, lane: AcceptOptions['lane'] = 'photo') =>
    (await inbox.take(lane, perAsker))?.key ?? null;
  return { inbox, clock, accept, taken };
}

function request(asker: string, reference: string): Request {
  return {
    platform: 'telegram',
    asker: { id: asker, locale: null },
    chat: { id: '-5', shared: true },
    address: { chat: -5, message: 12, topic: null },
    call: { command: 'vibe', images: [{ fileId: reference }], why: null, asked: true },
    answerBy: null,
  };
}

it('gives back whole what it accepted, once', async () => {
  const { inbox, accept } = start();
  expect(await inbox.knows('k')).toBe(false);
  const accepted = await accept('ann', 'k');
  expect(accepted).toEqual({ id: accepted.id, fresh: true, joined: false, ahead: 0, ofAsker: 0 });
  expect(await inbox.knows('k')).toBe(true);
  expect(await inbox.take('quick', 1)).toBeNull();
  expect(await inbox.take('photo', 1)).toEqual({
    id: accepted.id,
    lane: 'photo',
    requests: [request('ann', 'k')],
    key: 'k',
    attempts: 1,
    unsure: 0,
    posted: null,
    acceptedAt: START,
  });
  expect(await inbox.take('photo', 1)).toBeNull();
});

it('keeps words of every script, and quotes', async () => {
  const { inbox } = start();
  const words = ['جاز', `'; DROP TABLE jobs; --`, '🎷\u0000\ud800"\\'];
  const odd: Request = { ...request('ann', 'k'), call: { command: 'playlist', words } };
  await inbox.accept(odd, { lane: 'quick', key: `k'"`, groupKey: null, notBefore: START });
  const job = await inbox.take('quick', 1);
  expect(job?.requests).toEqual([odd]);
  expect(job?.key).toBe(`k'"`);
});

it('accepts a key once, while it waits, runs and after it was done', async () => {
  const { inbox, accept, taken } = start();
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
  const { inbox, accept, taken } = start();
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
  await inbox.done((await accept('ann', '1')).id);
  expect(await counts('ann', '7')).toEqual([3, 2]);
  expect(await counts('ann', '4')).toEqual([1, 0]); // a repeated one keeps its place
  expect(await inbox.depth()).toEqual({
    photo: { waiting: 4, running: 0 },
    quick: { waiting: 1, running: 0 },
  });
});

it('takes the pictures of an album together, once the last may be', async () => {
  const { inbox, clock, accept, taken } = start();
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
    requests: ['a1', 'a2', 'a0'].map((key) => request('ann', key)),
    acceptedAt: START,
  });
  expect(await inbox.nextAt('photo')).toBeNull();
});

it('begins anew with a picture that comes when its album was taken already', async () => {
  const { inbox, accept, taken } = start();
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
