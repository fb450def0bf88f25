import type { Calendar } from '../core/chat-ports.ts';
import type { Explanation } from '../core/types.ts';
import type { Database } from './sqlite-database.ts';
import { readJson } from './sqlite-json.ts';
import { prepareAll } from './sqlite-statements.ts';

/** Words that were paid for, kept for a week. What SQLite throws is thrown. */
export interface WordsCache {
  get(key: string): Explanation | null;
  put(key: string, explanation: Explanation): void;
  /** Of photos, by their sha256. */
  about(photos: readonly string[]): readonly Explanation[];
  /** Nor are those put that come in the next minutes: they were asked for before. */
  forget(photos: readonly string[]): void;
  purge(): void;
}

/** More than words take. */
const LATE_MS = 5 * 60 * 1000;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

const SQL = {
  get: 'SELECT explanation FROM words WHERE key = :key AND at > :oldest',
  put: `
    INSERT INTO words (key, explanation, at) VALUES (:key, :explanation, :at)
    ON CONFLICT (key) DO UPDATE SET explanation = excluded.explanation, at = excluded.at`,
  // a key names its photo
  about: 'SELECT explanation FROM words WHERE at > :oldest AND instr(key, :sha256) > 0',
  forget: 'DELETE FROM words WHERE instr(key, ?) > 0',
  purge: 'DELETE FROM words WHERE at <= ?',
} as const;

export function createSqliteWords({
  database,
  calendar,
}: {
  readonly database: Database;
  readonly calendar: Calendar;
}): WordsCache {
  const sql = prepareAll(database.connection, SQL);
  const oldest = () => calendar() - WEEK_MS;
  const forgotten = new Map<string, number>();
  return {
    get(key) {
      const row = sql.get.get({ key, oldest: oldest() }) as { explanation: string } | undefined;
      return row ? readJson<Explanation>(row.explanation) : null;
    },
    put(key, explanation) {
      if ([...forgotten].some(([sha256, until]) => key.includes(sha256) && until > calendar())) return;
      database.lazily(() => {
        sql.purge.run(oldest());
        sql.put.run({ key, explanation: JSON.stringify(explanation), at: calendar() });
      });
    },
    about(photos) {
      const rows = photos.flatMap((sha256) => sql.about.all({ sha256, oldest: oldest() }));
      return (rows as { explanation: string }[]).flatMap(
        ({ explanation }) => readJson<Explanation>(explanation) ?? [],
      );
    },
    forget(photos) {
      for (const [sha256, until] of forgotten) if (until <= calendar()) forgotten.delete(sha256);
      for (const sha256 of photos) {
        forgotten.set(sha256, calendar() + LATE_MS);
        sql.forget.run(sha256);
      }
    },
    purge: () => void sql.purge.run(oldest()),
  };
}
