import type { Calendar } from '../core/chat-ports.ts';
import { keyOf } from '../core/person.ts';
import type { Store } from '../core/store.ts';
import type { StoredResult } from '../core/stored-result.ts';
import { KEPT_FOR } from './kept-for.ts';
import { fromResultRow, type ResultRow, toResultRow } from './result-row.ts';
import type { Database } from './sqlite-database.ts';
import { prepareAll, type Statements } from './sqlite-statements.ts';
import { createSqliteStoreCounts } from './sqlite-store-counts.ts';
import { createSqliteStorePerson } from './sqlite-store-person.ts';
import { createSqliteStorePreferences } from './sqlite-store-preferences.ts';
import { STORE_SQL } from './sqlite-store-sql.ts';
import { withStorageErrors } from './storage-errors.ts';
import { fromVoteRow, toVoteRow, type VoteRow } from './vote-row.ts';

export interface SqliteStoreOptions {
  readonly database: Database;
  readonly calendar: Calendar;
}

/**
 * The Store in one file. A result that cannot be read any more counts as none. Nothing happens to a result that is not
 * there: a vote on it, or on one that is too old, is dropped in silence.
 */
export function createSqliteStore({ database, calendar }: SqliteStoreOptions): Store {
  const sql = prepareAll(database.connection, STORE_SQL);
  const preferences = createSqliteStorePreferences(database);
  const counts = createSqliteStoreCounts(database);
  const people = createSqliteStorePerson(database);
  const oldest = (what: keyof typeof KEPT_FOR) => calendar() - KEPT_FOR[what];
  // a photo's result is not worth three waits for the disk: it is there before the inbox calls the photo done
  const lazily = (write: () => unknown) => void database.lazily(write);

  // async throughout, so that what SQLite throws becomes a rejection
  return withStorageErrors<Store>({
    language: async (key) => preferences.language(key),
    setLanguage: async (key, language) => preferences.setLanguage(key, language),
    choice: async (key) => preferences.choice(key),
    setChoice: async (key, choice) => preferences.setChoice(key, choice),
    putResult: async (result) => lazily(() => sql.putResult.run({ ...toResultRow(result) })),
    async result(id) {
      const row = sql.result.get({ id, oldest: oldest('result') }) as ResultRow | undefined;
      return row ? fromResultRow(row) : null;
    },
    latestResults: async (platform, owner, limit) =>
      latest(sql, { platform, owner, oldest: oldest('result') }, limit),
    setPosted: async (id, posted) => lazily(() => sql.setPosted.run({ id, posted: JSON.stringify(posted) })),
    setExplanation: async (id, explanation) =>
      lazily(() => sql.setExplanation.run({ id, explanation: JSON.stringify(explanation) })),
    setShared: async (id) => void sql.setShared.run(id),
    putVote: async (vote) =>
      database.transaction(() => {
        const { changes } = sql.putVote.run({ ...toVoteRow(vote), oldest: oldest('result') });
        if (changes) counts.recount(vote.resultId);
      }),
    async vote(resultId, voter) {
      const row = sql.vote.get({ resultId, voter, oldest: oldest('result') }) as VoteRow | undefined;
      return row ? fromVoteRow(row) : null;
    },
    putPrediction: async (prediction) => lazily(() => counts.put(prediction)),
    tally: async (of) => counts.tally(of, oldest('prediction')),
    async about(person) {
      const key = keyOf(person);
      const chosen = { language: preferences.language(key), choice: preferences.choice(key) };
      const since = { result: oldest('result'), prediction: oldest('prediction') };
      return { ...chosen, ...people.about(person, since) };
    },
    forget: async (person) =>
      removeForever(database, () => {
        preferences.forget(keyOf(person));
        for (const id of people.forget(person)) counts.recount(id);
        sql.leaveTraces.run();
      }),
    async purge() {
      database.transaction(() => {
        sql.purge.run(oldest('result'));
        counts.purge(oldest('prediction'));
      });
      removeTraces(database, sql);
      database.checkpoint();
    },
  });
}

/** What was deleted is not to be found in the log either. */
function removeForever(database: Database, remove: () => unknown): void {
  database.transaction(remove);
  database.checkpoint();
}

/**
 * secure_delete overwrites a row where it lies, but not the copies that moving rows from page to page left behind. That
 * takes a second for 30,000 results, so it is not done each time that somebody is forgotten.
 */
function removeTraces({ connection }: Database, sql: Statements<typeof STORE_SQL>): void {
  if (!sql.hasTraces.get()) return;
  connection.exec('VACUUM');
  sql.clearTraces.run();
}

function latest(
  sql: Statements<typeof STORE_SQL>,
  whose: { platform: string; owner: string; oldest: number },
  limit: number,
): StoredResult[] {
  const results: StoredResult[] = [];
  for (const row of sql.latest.iterate(whose)) {
    if (results.length >= limit) break;
    const result = fromResultRow(row as unknown as ResultRow);
    if (result?.posted) results.push(result);
  }
  return results;
}
