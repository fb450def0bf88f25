import type { Calendar } from '../core/chat-ports.ts';
import type { KeptRecord } from '../core/kept-photo.ts';
import type { Database } from './sqlite-database.ts';
import { readJson } from './sqlite-json.ts';
import { prepareAll } from './sqlite-statements.ts';

/** What was kept of whom: by it they are told, and their votes find the photos. What SQLite throws is thrown. */
export interface KeptPhotos {
  get(pseudonym: string, sha256: string): KeptRecord | null;
  /** Replaces one of the same content; `resultId`: the answer about it. */
  put(pseudonym: string, sha256: string, resultId: string, record: KeptRecord): void;
  /** Oldest first. */
  of(pseudonym: string): readonly KeptPhoto[];
  remove(pseudonym: string, sha256: string): void;
  forget(pseudonym: string): void;
}

export interface KeptPhoto {
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly resultId: string;
  readonly record: KeptRecord;
}

const SQL = {
  get: 'SELECT record FROM kept_photos WHERE pseudonym = :pseudonym AND sha256 = :sha256',
  put: `
    INSERT INTO kept_photos (pseudonym, sha256, at, result, record)
    VALUES (:pseudonym, :sha256, :now, :resultId, :record)
    ON CONFLICT (pseudonym, sha256) DO UPDATE SET result = excluded.result, record = excluded.record`,
  of: `
    SELECT sha256, at, result AS resultId, record FROM kept_photos
    WHERE pseudonym = ? ORDER BY at, sha256`,
  remove: 'DELETE FROM kept_photos WHERE pseudonym = :pseudonym AND sha256 = :sha256',
  forget: 'DELETE FROM kept_photos WHERE pseudonym = ?',
} as const;

export function createSqliteKeptPhotos({
  database,
  calendar,
}: {
  readonly database: Database;
  readonly calendar: Calendar;
}): KeptPhotos {
  const sql = prepareAll(database.connection, SQL);
  return {
    get(pseudonym, sha256) {
      const row = sql.get.get({ pseudonym, sha256 }) as { record: string } | undefined;
      return readJson<KeptRecord>(row?.record ?? null);
    },
    put: (pseudonym, sha256, resultId, record) =>
      void sql.put.run({ pseudonym, sha256, resultId, now: calendar(), record: JSON.stringify(record) }),
    of(pseudonym) {
      const rows = sql.of.all(pseudonym) as unknown as (Omit<KeptPhoto, 'record'> & { record: string })[];
      return rows.flatMap(({ record, ...row }) => {
        const known = readJson<KeptRecord>(record);
        return known ? [{ ...row, record: known }] : [];
      });
    },
    remove: (pseudonym, sha256) => void sql.remove.run({ pseudonym, sha256 }),
    forget: (pseudonym) => void sql.forget.run(pseudonym),
  };
}
