import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteStore } from '../../src/services/sqlite-store.ts';
import { COUNTS_SQL } from '../../src/services/sqlite-store-counts.ts';
import { PERSON_SQL } from '../../src/services/sqlite-store-person.ts';
import { PREFERENCES_SQL } from '../../src/services/sqlite-store-preferences.ts';
import { STORE_SQL } from '../../src/services/sqlite-store-sql.ts';
import { openSqliteStore } from '../support/open-sqlite-store.ts';
import { storeContract } from '../support/store-contract.ts';
import { NOW, storedResult } from '../support/stored-result.ts';

storeContract('SQLite', async () => openSqliteStore());

const POSTED = { messageId: '1', imageName: null, image: null };

it('is the same after it was closed', async () => {
  const { store, database, folder } = openSqliteStore();
  await store.putResult(storedResult('a', { posted: POSTED }));
  await store.setLanguage('telegram:user:1', 'ar');
  database.close();
  await expect(store.result('a')).rejects.toThrow();
  const again = openDatabase(folder);
  onTestFinished(() => again.close());
  const reopened = createSqliteStore({ database: again, calendar: () => NOW });
  expect(await reopened.result('a')).toEqual(storedResult('a', { posted: POSTED }));
  expect(await reopened.language('telegram:user:1')).toBe('ar');
});

it('takes what cannot be read any more as absent', async () => {
  const { store, database } = openSqliteStore();
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
    await store.putResult(storedResult(id, { posted: POSTED, createdAt: NOW - index }));
  }
  database.connection.exec(`
    UPDATE results SET body = substr(body, 1, 40) WHERE id = 'a';
    UPDATE results SET body = '5' WHERE id = 'b';
    UPDATE results SET posted = '{' WHERE id = 'd';
    INSERT INTO languages VALUES ('telegram:user:1', 'xx');
    INSERT INTO daily_sums VALUES ('2029-01-01', 'telegram', 'folk', 'm1', 5, 5, 5, 5);
  `);
  expect(await store.result('a')).toBeNull();
  expect(await store.result('b')).toBeNull();
  expect((await store.result('d'))?.posted).toBeNull();
  const listed = await store.latestResults('telegram', '1001', 1);
  expect(listed.map(({ id }) => id)).toEqual(['c']);
  expect(await store.language('telegram:user:1')).toBeNull();
  expect(await store.tally({ since: null })).toMatchObject({ confidence: 0, ups: 0, downs: 0 });
});

it('leaves no statement open when it lists fewer than there are', async () => {
  const { store, database } = openSqliteStore();
  for (const id of ['a', 'b', 'c']) await store.putResult(storedResult(id, { posted: POSTED }));
  await store.latestResults('telegram', '1001', 1);
  expect({ ...database.connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() }).toEqual({
    busy: 0,
    log: 0,
    checkpointed: 0,
  });
});

it('writes nothing of a result for which the disk has no room', async () => {
  const { store, database } = openSqliteStore();
  await store.putResult(storedResult('a'));
  database.connection.exec('PRAGMA max_page_count = 1'); // as many as there are, at least
  const large = storedResult('b', { modelVersion: 'x'.repeat(100_000) });
  await expect(store.putResult(large)).rejects.toThrow(/full/);
  await expect(store.putResult({ ...large, id: 'a' })).rejects.toThrow(/full/);
  expect(await store.result('a')).toEqual(storedResult('a'));
  expect(await store.result('b')).toBeNull();
  database.connection.exec('PRAGMA max_page_count = 100000');
  await store.putResult(large);
  expect(await store.result('b')).toEqual(large);
});

// a result has a few votes only
const SORTED_ON_THE_WAY = [COUNTS_SQL.recount];

it.each([STORE_SQL, PREFERENCES_SQL, COUNTS_SQL, PERSON_SQL].flatMap((sql) => Object.entries<string>(sql)))(
  'finds its rows by an index, in their order: %s',
  (_, text) => {
    const { database } = openSqliteStore();
    const plan = database.connection.prepare(`EXPLAIN QUERY PLAN ${text}`).all();
    const steps = plan.map((step) => String(step['detail']));
    const sorts = steps.filter((step) => step.includes('FOR ORDER BY'));
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
    expect(sorts).toHaveLength(SORTED_ON_THE_WAY.includes(text as never) ? 1 : 0);
  },
);
