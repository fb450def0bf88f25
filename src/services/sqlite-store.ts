import type { Calendar, Store } from '../core/chat-ports.ts';
import { isGenre } from '../core/genre.ts';
import type { Posted, StoredResult, Vote } from '../core/stored-result.ts';
import { type Explanation, LANGUAGE_CODES } from '../core/types.ts';
import type { Database } from './sqlite-database.ts';
import { readJson } from './sqlite-json.ts';
import { prepareAll, type Statements } from './sqlite-statements.ts';
import { STORE_SQL } from './sqlite-store-sql.ts';
import { withStorageErrors } from './storage-errors.ts';

export interface SqliteStoreOptions {
  readonly database: Database;
  readonly calendar: Calendar;
}

const RESULTS_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * The Store in one file. A result that cannot be read any more counts as none. Nothing happens to a result that is not
 * there: a vote on it, or on one that is too old, is dropped in silence.
 */
export function createSqliteStore({ database, calendar }: SqliteStoreOptions): Store {
  const sql = prepareAll(database.connection, STORE_SQL);
  const oldest = () => calendar() - RESULTS_KEPT_MS;
  // a photo's result is not worth three waits for the disk: it is there before the inbox calls the photo done
  const lazily = (write: () => unknown) => void database.lazily(write);

  // async throughout, so that what SQLite throws becomes a rejection
  return withStorageErrors({
    async language(key) {
      const row = sql.language.get(key) as { language: string } | undefined;
      return LANGUAGE_CODES.find((code) => code === row?.language) ?? null;
    },
    setLanguage: async (key, language) => void sql.setLanguage.run({ key, language }),
    putResult: async (result) => lazily(() => sql.putResult.run(toColumns(result))),
    async result(id) {
      const row = sql.result.get({ id, oldest: oldest() }) as ResultRow | undefined;
      return row ? fromRow(row) : null;
    },
    latestResults: async (platform, owner, limit) =>
      latest(sql, { platform, owner, oldest: oldest() }, limit),
    setPosted: async (id, posted) => lazily(() => sql.setPosted.run({ id, posted: JSON.stringify(posted) })),
    setExplanation: async (id, explanation) =>
      lazily(() => sql.setExplanation.run({ id, explanation: JSON.stringify(explanation) })),
    setShared: async (id) => void sql.setShared.run(id),
    async putVote({ resultId, voter, up, genre, at }) {
      sql.putVote.run({ resultId, voter, up: up ? 1 : 0, genre, at, oldest: oldest() });
    },
    async vote(resultId, voter) {
      const row = sql.vote.get({ resultId, voter, oldest: oldest() }) as VoteRow | undefined;
      return row ? toVote(resultId, voter, row) : null;
    },
    async purge() {
      sql.purge.run(oldest());
      database.checkpoint();
    },
  });
}

/** What changes on its own has a column, so that the maps are written once. */
function toColumns({ posted, explanation, shared, ...rest }: StoredResult) {
  const { id, platform, owner, createdAt } = rest;
  return {
    id,
    platform,
    owner,
    createdAt,
    shared: shared ? 1 : 0,
    posted: posted && JSON.stringify(posted),
    explanation: explanation && JSON.stringify(explanation),
    body: JSON.stringify(rest),
  };
}

interface ResultRow {
  readonly shared: number;
  readonly posted: string | null;
  readonly explanation: string | null;
  readonly body: string;
}

function fromRow(row: ResultRow): StoredResult | null {
  const body = readJson<Omit<StoredResult, 'posted' | 'explanation' | 'shared'>>(row.body);
  return (
    body && {
      ...body,
      explanation: readJson<Explanation>(row.explanation),
      posted: readJson<Posted>(row.posted),
      shared: row.shared === 1,
    }
  );
}

function latest(
  sql: Statements<typeof STORE_SQL>,
  whose: { platform: string; owner: string; oldest: number },
  limit: number,
): StoredResult[] {
  const results: StoredResult[] = [];
  for (const row of sql.latest.iterate(whose)) {
    if (results.length >= limit) break;
    const result = fromRow(row as unknown as ResultRow);
    if (result?.posted) results.push(result);
  }
  return results;
}

interface VoteRow {
  readonly up: number;
  readonly genre: string | null;
  readonly at: number;
}

function toVote(resultId: string, voter: string, { up, genre, at }: VoteRow): Vote {
  return { resultId, voter, up: up === 1, genre: genre !== null && isGenre(genre) ? genre : null, at };
}
