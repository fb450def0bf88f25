import type { Calendar } from '../core/chat-ports.ts';
import type { ReadingTrials } from './guarded-photo-reader.ts';
import type { Database } from './sqlite-database.ts';
import { prepareAll } from './sqlite-statements.ts';
import { withStorageErrors } from './storage-errors.ts';

export interface SqliteReadingTrialsOptions {
  readonly database: Database;
  readonly calendar: Calendar;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const SQL = {
  deaths: 'SELECT deaths FROM reading_trials WHERE sha256 = ?',
  begin: `
    INSERT INTO reading_trials (sha256, deaths, at) VALUES (:sha256, :deaths, :at)
    ON CONFLICT (sha256) DO UPDATE SET deaths = excluded.deaths, at = excluded.at`,
  end: 'DELETE FROM reading_trials WHERE sha256 = ?',
  purge: 'DELETE FROM reading_trials WHERE at <= ?',
} as const;

/** `purge` forgets pictures that nobody has sent for a day. */
export function createSqliteReadingTrials({
  database,
  calendar,
}: SqliteReadingTrialsOptions): ReadingTrials & { purge(): Promise<void> } {
  const sql = prepareAll(database.connection, SQL);
  return withStorageErrors({
    deaths: async (sha256) => (sql.deaths.get(sha256) as { deaths: number } | undefined)?.deaths ?? 0,
    begin: async (sha256, deaths) =>
      database.lazily(() => void sql.begin.run({ sha256, deaths, at: calendar() })),
    end: async (sha256) => database.lazily(() => void sql.end.run(sha256)),
    purge: async () => void sql.purge.run(calendar() - DAY_MS),
  });
}
