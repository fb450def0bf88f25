import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase, StateError } from '../../src/services/sqlite-database.ts';
import { SCHEMA_STEPS } from '../../src/services/sqlite-schema.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-database-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function open(folder: string) {
  const database = openDatabase(folder);
  onTestFinished(() => database.close());
  return database;
}

function failure(folder: string): unknown {
  try {
    openDatabase(folder).close();
  } catch (error) {
    return error;
  }
  return null;
}

const pragma = (connection: DatabaseSync, name: string) =>
  Object.values(connection.prepare(`PRAGMA ${name}`).get() ?? {})[0];

it('makes the folder and the file for their owner only', () => {
  const folder = join(makeFolder(), 'some', 'where');
  const { connection, transaction } = open(folder);
  transaction(() => connection.exec(`INSERT INTO languages VALUES ('a', 'en')`));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  expect(Object.fromEntries(modes)).toEqual({
    'bot.sqlite': 0o600,
    'bot.sqlite-shm': 0o600,
    'bot.sqlite-wal': 0o600,
  });
});

it('is set to lose nothing that it committed, and to leave nothing that it deleted', () => {
  const { connection } = open(makeFolder());
  expect(pragma(connection, 'journal_mode')).toBe('wal');
  expect(pragma(connection, 'synchronous')).toBe(2);
  expect(pragma(connection, 'busy_timeout')).toBe(5000);
  expect(pragma(connection, 'foreign_keys')).toBe(1);
  expect(pragma(connection, 'secure_delete')).toBe(1);
  expect(pragma(connection, 'user_version')).toBe(SCHEMA_STEPS.length);
});

it('takes the steps that an older version of the program did not know, and keeps what that one wrote', () => {
  const folder = makeFolder();
  const old = new DatabaseSync(join(folder, 'bot.sqlite'));
  old.exec(`${SCHEMA_STEPS[0]}; PRAGMA user_version = 1; INSERT INTO languages VALUES ('a', 'ar')`);
  old.close();
  const { connection } = open(folder);
  expect(pragma(connection, 'user_version')).toBe(SCHEMA_STEPS.length);
  expect(connection.prepare('SELECT language FROM languages').all()).toEqual([{ language: 'ar' }]);
  expect(connection.prepare('SELECT * FROM spending').all()).toEqual([]);
});

it('leaves one file behind when it is closed, twice if need be', () => {
  const folder = makeFolder();
  const database = open(folder);
  database.connection.exec(`INSERT INTO languages VALUES ('a', 'en')`);
  database.close();
  database.close();
  expect(readdirSync(folder)).toEqual(['bot.sqlite']);
  const { connection } = open(folder);
  expect(connection.prepare('SELECT count(*) AS n FROM languages').get()).toMatchObject({ n: 1 });
});

it('does all of a transaction or nothing', () => {
  const { connection, transaction } = open(makeFolder());
  const insert = (key: string) => connection.exec(`INSERT INTO languages VALUES ('${key}', 'en')`);
  const keys = () =>
    connection
      .prepare('SELECT key FROM languages')
      .all()
      .map((row) => row['key']);
  transaction(() => insert('a'));
  expect(transaction(() => keys().length)).toBe(1);
  const fails = () =>
    transaction(() => {
      insert('b');
      throw new Error('halfway');
    });
  expect(fails).toThrow('halfway');
  // refused only when it is committed
  const orphan = () =>
    transaction(() => {
      insert('c');
      connection.exec(`PRAGMA defer_foreign_keys = ON; INSERT INTO requests (key, job) VALUES ('k', 99)`);
    });
  expect(orphan).toThrow(/FOREIGN KEY/);
  expect(connection.isTransaction).toBe(false);
  transaction(() => insert('d'));
  expect(keys()).toEqual(['a', 'd']);
});

it('refuses what a newer version wrote, and leaves it as it is', () => {
  const folder = makeFolder();
  const database = open(folder);
  database.connection.exec('PRAGMA user_version = 1000');
  database.close();
  const before = readFileSync(join(folder, 'bot.sqlite'));
  const error = failure(folder);
  expect(error).toBeInstanceOf(StateError);
  expect(error).toMatchObject({ name: 'StateError', reason: 'newer' });
  expect(String(error)).toContain('newer version');
  expect(readFileSync(join(folder, 'bot.sqlite'))).toEqual(before);
});

it('refuses a file that is no database, and leaves it as it is', () => {
  const folder = makeFolder();
  const text = 'Not a database, but long enough to hold a header of one hundred bytes. '.repeat(20);
  writeFileSync(join(folder, 'bot.sqlite'), text);
  expect(failure(folder)).toMatchObject({ name: 'StateError', reason: 'not-a-database' });
  expect(readFileSync(join(folder, 'bot.sqlite'), 'utf8')).toBe(text);
});

it('refuses a damaged database', () => {
  const folder = makeFolder();
  open(folder).close();
  const path = join(folder, 'bot.sqlite');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xff, 100, 4096));
  expect(failure(folder)).toMatchObject({ reason: 'not-a-database' });
});

it('refuses a folder that cannot be made, and a file that cannot be opened', () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(failure(join(folder, 'file'))).toMatchObject({ reason: 'not-writable' });
  expect(failure(join(folder, 'file', 'below'))).toMatchObject({ reason: 'not-writable' });
  mkdirSync(join(folder, 'bot.sqlite'));
  const error = failure(folder);
  expect(error).toMatchObject({ reason: 'not-writable' });
  expect(String(error)).toBe(`StateError: ${join(folder, 'bot.sqlite')}: cannot be made, read or written`);
  expect((error as Error).cause).toBeInstanceOf(Error);
});

it('does not wait for a reader to empty the log', () => {
  const folder = makeFolder();
  const database = open(folder);
  const reader = new DatabaseSync(join(folder, 'bot.sqlite'), { readOnly: true });
  onTestFinished(() => reader.close());
  reader.exec('BEGIN');
  reader.prepare('SELECT * FROM languages').all();
  database.connection.exec(`INSERT INTO languages VALUES ('a', 'en')`);
  const before = performance.now();
  database.checkpoint();
  expect(performance.now() - before).toBeLessThan(2500);
  expect(pragma(database.connection, 'busy_timeout')).toBe(5000);
});
