import { expect, it } from 'vitest';
import type { Request } from '../../src/core/request.ts';
import { createSqliteInbox } from '../../src/services/sqlite-inbox.ts';
import { INBOX_SQL } from '../../src/services/sqlite-inbox-sql.ts';
import { prepareAll } from '../../src/services/sqlite-statements.ts';
import { photoRequest, START, startInbox } from '../support/start-inbox.ts';

it('takes the oldest whose asker has a place, each lane on its own', async () => {
  const { inbox, accept, taken } = startInbox();
  for (const key of ['a1', 'a2', 'a3']) await accept('ann', key);
  await accept('bob', 'b1');
  await accept('ann', 'q', { lane: 'quick' });
  const ofDiscord: Request = { ...photoRequest('ann', 'photo'), platform: 'discord' };
  await inbox.accept(ofDiscord, { lane: 'photo', key: 'd', groupKey: null, notBefore: START });
  expect([await taken(), await taken(), await taken(), await taken()]).toEqual(['a1', 'b1', 'd', null]);
  expect(await taken(1, 'quick')).toBe('q');
  expect(await inbox.nextAt('photo')).toBe(START); // it is its asker who keeps it waiting
  expect(await taken(2)).toBe('a2');
  expect(await taken(2)).toBeNull();
  await inbox.done((await accept('ann', 'a2')).id);
  expect(await taken(1)).toBeNull();
  await inbox.done((await accept('ann', 'a1')).id);
  expect(await taken(1)).toBe('a3');
});

it('passes over what may not begin yet, even of the same asker', async () => {
  const { clock, accept, taken } = startInbox();
  await accept('ann', 'later', { notBefore: START + 50.5 });
  await accept('ann', 'now');
  expect(await taken(2)).toBe('now');
  expect(await taken(2)).toBeNull();
  clock.now += 51;
  expect(await taken(2)).toBe('later');
});

it('takes a released job again in its old place, when its time has come', async () => {
  const { inbox, clock, accept, taken } = startInbox();
  const { id } = await accept('ann', 'a');
  await accept('bob', 'b');
  expect(await taken()).toBe('a');
  await inbox.release(id, START + 500, false);
  expect(await inbox.nextAt('photo')).toBe(START);
  expect(await inbox.depth()).toMatchObject({ photo: { waiting: 2, running: 0 } });
  clock.now = START + 500;
  expect(await inbox.take('photo', 1)).toMatchObject({ key: 'a', attempts: 2 });
  await inbox.release(id, START, true);
  expect(await inbox.take('photo', 1)).toMatchObject({ key: 'a', attempts: 2 });
  await inbox.done(id);
  await inbox.release(id, START, true);
  expect(await taken()).toBe('b');
  expect(await taken()).toBeNull();
});

it('keeps what is known of posting through a release', async () => {
  const { inbox, accept } = startInbox();
  const { id } = await accept('ann', 'a');
  const again = async () => {
    await inbox.release(id, START, true);
    return await inbox.take('photo', 1);
  };
  await inbox.take('photo', 1);
  await inbox.posting(id);
  expect(await again()).toMatchObject({ unsure: 1, posted: null });
  await inbox.posting(id);
  await inbox.notPosted(id);
  expect(await again()).toMatchObject({ unsure: 1, posted: null });
  await inbox.posting(id);
  expect(await again()).toMatchObject({ unsure: 2, posted: null });
  const posted = { messageId: '9', imageName: 'jazz.jpg', image: { fileId: 'AgAC' } };
  await inbox.posted(id, posted);
  expect(await again()).toMatchObject({ unsure: 0, posted });
  await inbox.notPosted(id);
  expect(await again()).toMatchObject({ unsure: 0, posted });
});

it('puts what was running back in line when it is opened', async () => {
  const { inbox, database, calendar, accept, taken } = startInbox();
  const { id } = await accept('ann', 'a');
  await accept('bob', 'b');
  await inbox.done((await accept('cid', 'c')).id);
  expect(await taken()).toBe('a');
  await inbox.posting(id);
  const next = createSqliteInbox({ database, calendar });
  expect(await next.depth()).toMatchObject({ photo: { waiting: 2, running: 0 } });
  // an end of the program is no attempt of the job's
  expect(await next.take('photo', 1)).toMatchObject({ key: 'a', attempts: 1, deaths: 1, unsure: 1 });
});

it('passes over ids that it does not know', async () => {
  const { inbox, taken } = startInbox();
  await inbox.posting(7);
  await inbox.notPosted(7);
  await inbox.posted(7, { messageId: '1', imageName: null, image: null });
  await inbox.release(7, START, true);
  await inbox.done(7);
  await inbox.bury(7, 'blocked');
  expect(await taken()).toBeNull();
});

it('buries what cannot be read any more and takes the next', async () => {
  const { inbox, database, accept } = startInbox();
  for (const key of ['a', 'b']) await accept('ann', key);
  for (const key of ['c1', 'c2']) await accept('bob', key, { groupKey: 'album' });
  database.connection.exec(`UPDATE requests SET request = '{"asker' WHERE key IN ('a', 'c1')`);
  expect(await inbox.take('photo', 1)).toMatchObject({ key: 'b', attempts: 1 });
  expect(await inbox.take('photo', 1)).toMatchObject({ key: 'c1', requests: [photoRequest('bob', 'c2')] });
  const dead = database.connection.prepare(`SELECT reason FROM jobs WHERE state = 'dead'`).all();
  expect(dead).toMatchObject([{ reason: 'unreadable' }]);
});

it('lets another asker pass thousands of waiting photos of one', async () => {
  const { inbox, database, accept } = startInbox();
  const sql = prepareAll(database.connection, INBOX_SQL);
  await accept('ann', 'a');
  database.transaction(() => {
    for (let i = 0; i < 5000; i += 1) {
      const added = {
        lane: 'photo',
        asker: 'telegram:user:ann',
        groupKey: null,
        notBefore: START,
        now: START,
      };
      const job = sql.addJob.run(added).lastInsertRowid;
      sql.addRequest.run({ key: `a${i}`, job, request: JSON.stringify(photoRequest('ann', 'photo')) });
    }
  });
  const late = await accept('bob', 'b');
  expect(late).toMatchObject({ ahead: 5001, ofAsker: 0 });
  expect(await inbox.take('photo', 1)).toMatchObject({ key: 'a' });
  expect(await inbox.take('photo', 1)).toMatchObject({ key: 'b' });
  expect(await inbox.take('photo', 1)).toBeNull();
});

it.each(Object.entries(INBOX_SQL))('finds its rows by an index, in their order: %s', (_, text) => {
  const { database } = startInbox();
  const plan = database.connection.prepare(`EXPLAIN QUERY PLAN ${text}`).all();
  const steps = plan.map((step) => String(step['detail']));
  const own = steps.filter((step) => !step.includes('json_each'));
  const whole = own.filter((step) => step.startsWith('SCAN') || step.includes('FOR ORDER BY'));
  // once, at the start; json_each is the list that is handed over
  expect(whole).toEqual(text === INBOX_SQL.recover ? ['SCAN jobs'] : []);
  if (text === INBOX_SQL.claim) {
    expect(steps).toContain('SEARCH jobs USING COVERING INDEX jobs_line (lane=? AND state=?)');
  }
});
