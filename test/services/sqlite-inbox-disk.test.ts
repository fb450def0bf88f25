import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import type { Request } from '../../src/core/request.ts';
import { type Database, openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteInbox } from '../../src/services/sqlite-inbox.ts';

const START = 1_900_000_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-inbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function open(folder = makeFolder()) {
  const database = openDatabase(folder);
  onTestFinished(() => database.close());
  const clock = { now: START };
  return { folder, database, clock, inbox: createSqliteInbox({ database, calendar: () => clock.now }) };
}

function request(asker: string, secret = ''): Request {
  return {
    platform: 'discord',
    asker: { id: asker, locale: 'ar' },
    chat: { id: '5', shared: false, community: null },
    address: { token: secret },
    call: { command: 'about' },
    answerBy: null,
  };
}

const options = (key: string, groupKey: string | null = null, notBefore = START) =>
  ({ lane: 'photo', key, groupKey, notBefore }) as const;

/** Accepts until it is killed and says so of each, takes the first and is about to post it. */
const ACCEPT_FOREVER = `
  import { writeSync } from 'node:fs';
  const [databaseModule, inboxModule, folder] = process.argv.slice(1);
  const { openDatabase } = await import(databaseModule);
  const { createSqliteInbox } = await import(inboxModule);
  const inbox = createSqliteInbox({ database: openDatabase(folder), calendar: () => ${START} });
  for (let i = 0; ; i += 1) {
    const request = { asker: { id: String(i) }, platform: 'discord' };
    await inbox.accept(request, { lane: 'photo', key: 'k' + i, groupKey: null, notBefore: 0 });
    if (i === 5) await inbox.posting((await inbox.take('photo', 1)).id);
    writeSync(1, 'k' + i + '\\n');
  }`;

it('has everything that it accepted after the process was killed in the middle', async () => {
  const folder = makeFolder();
  const source = (name: string) => new URL(`../../src/services/${name}.ts`, import.meta.url).href;
  const argv = [
    '--input-type=module',
    '-e',
    ACCEPT_FOREVER,
    source('sqlite-database'),
    source('sqlite-inbox'),
    folder,
  ];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const accepted: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    accepted.push(line);
    if (accepted.length === 60) child.kill('SIGKILL');
  }
  expect(accepted.length).toBeGreaterThanOrEqual(60);
  expect(readdirSync(folder)).toContain('bot.sqlite-wal');

  const { inbox } = open(folder);
  const first = await inbox.take('photo', 1);
  expect(first).toMatchObject({
    key: 'k0',
    attempts: 1,
    deaths: 1,
    unsure: 1,
    requests: [{ asker: { id: '0' } }],
  });
  const rest: string[] = [];
  for (let job = await inbox.take('photo', 1); job; job = await inbox.take('photo', 1)) {
    expect(job.attempts).toBe(1);
    rest.push(job.key);
  }
  // the last may have been committed and not said
  expect(rest.slice(0, accepted.length - 1)).toEqual(accepted.slice(1));
  expect(rest.length - accepted.length).toBeLessThanOrEqual(0);
});

it('empties what is done or buried, and keeps its key for a day', async () => {
  const { inbox, database, clock } = open();
  const { id } = await inbox.accept(request('ann'), options('a1', 'album'));
  await inbox.accept(request('ann'), options('a2', 'album'));
  const other = await inbox.accept(request('bob'), options('b'));
  await inbox.posted(id, { messageId: '1', imageName: null, image: null });
  await inbox.done(id);
  await inbox.bury(other.id, 'blocked');
  clock.now += 5;
  await inbox.done(other.id); // changes nothing any more
  await inbox.bury(id, 'late');
  const jobs = database.connection.prepare(
    'SELECT state, reason, asker, group_key, posted, finished_at FROM jobs ORDER BY id',
  );
  const emptied = { asker: null, group_key: null, posted: null, finished_at: START };
  expect(jobs.all().map((row) => ({ ...row }))).toEqual([
    { ...emptied, state: 'done', reason: null },
    { ...emptied, state: 'dead', reason: 'blocked' },
  ]);
  const requests = database.connection.prepare(
    'SELECT count(*) AS rows, count(request) AS full FROM requests',
  );
  expect({ ...requests.get() }).toEqual({ rows: 3, full: 0 });

  clock.now = START + DAY_MS;
  await inbox.purge();
  expect(await inbox.accept(request('ann'), options('a2'))).toMatchObject({ id, fresh: false });
  clock.now += 1;
  await inbox.purge();
  expect({ ...requests.get() }).toEqual({ rows: 0, full: 0 });
  const again = await inbox.accept(request('ann'), options('a2'));
  expect(again).toMatchObject({ fresh: true, joined: false });
  expect(again.id).toBeGreaterThan(other.id);
  clock.now += 9 * DAY_MS;
  await inbox.purge(); // what is not finished stays, however old
  expect(await inbox.knows('a2')).toBe(true);
  expect(await inbox.take('photo', 1)).toMatchObject({ key: 'a2' });
});

it('leaves nothing on the disk of what it emptied', async () => {
  const { inbox, folder, database } = open();
  const found = (text: string) =>
    readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
  const asker = 'asker-4711';
  for (const [index, length] of [10, 1000, 50_000].entries()) {
    const secret = `secret-token-${'x'.repeat(length)}`;
    const { id } = await inbox.accept(request(asker, secret), options(`k${index}`, `album-of-${asker}`));
    await inbox.take('photo', 9);
    await inbox.posted(id, { messageId: '1', imageName: 'secret-token', image: null });
    expect(found('secret-token')).not.toEqual([]);
    await inbox.done(id);
  }
  await inbox.purge();
  expect(found('secret-token')).toEqual([]);
  expect(found(asker)).toEqual([]);
  expect(await inbox.knows('k1')).toBe(true);
  database.close();
  expect(found('secret-token')).toEqual([]);
});

function limitPages(database: Database): () => void {
  const { connection } = database;
  const row = connection.prepare('PRAGMA page_count').get() as { page_count: number };
  connection.exec(`PRAGMA max_page_count = ${row.page_count}`);
  return () => connection.exec('PRAGMA max_page_count = 1000000');
}

it('accepts all of a request or nothing when the disk is full, and goes on when there is room', async () => {
  const { inbox, database, clock } = open();
  const large = request('ann', 'x'.repeat(100_000));
  const first = await inbox.accept(request('ann'), options('a1', 'album'));
  const freed = limitPages(database);
  await expect(inbox.accept(large, options('b'))).rejects.toThrow(/full/);
  await expect(inbox.accept(large, options('a2', 'album', START + 1000))).rejects.toThrow(/full/);
  expect([await inbox.knows('b'), await inbox.knows('a2')]).toEqual([false, false]);
  expect(await inbox.depth()).toMatchObject({ photo: { waiting: 1, running: 0 } });
  expect(await inbox.nextAt('photo')).toBe(START);
  const posted = { messageId: '1', imageName: 'x'.repeat(100_000), image: null };
  expect(await inbox.take('photo', 1)).toMatchObject({ id: first.id });
  await inbox.posting(first.id);
  await expect(inbox.posted(first.id, posted)).rejects.toThrow(/full/);
  freed();
  expect(await inbox.accept(large, options('b'))).toMatchObject({ fresh: true, joined: false, ofAsker: 1 });
  await inbox.release(first.id, clock.now, true);
  expect(await inbox.take('photo', 1)).toMatchObject({ key: 'a1', unsure: 1, posted: null });
  await inbox.posted(first.id, posted);
  await inbox.done(first.id);
  expect((await inbox.take('photo', 1))?.requests).toEqual([large]);
});

it('rejects, and does not throw, once it is closed', async () => {
  const { inbox, database } = open();
  database.close();
  await expect(inbox.accept(request('ann'), options('a'))).rejects.toThrow();
  await expect(inbox.take('photo', 1)).rejects.toThrow();
  await expect(inbox.knows('a')).rejects.toThrow();
  await expect(inbox.done(1)).rejects.toThrow();
});
