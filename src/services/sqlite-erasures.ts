import type { Calendar } from '../core/chat-ports.ts';
import type { Request } from '../core/request.ts';
import type { Database } from './sqlite-database.ts';
import { readJson } from './sqlite-json.ts';
import { prepareAll } from './sqlite-statements.ts';

/** Somebody whom the archive is to forget, or who is to be told that it has. */
export interface Erasure {
  readonly pseudonym: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: 'asked' | 'erased';
  /** How to tell them; null: it cannot be read any more. */
  readonly request: Request | null;
}

/** People who asked to be forgotten. What SQLite throws is thrown. */
export interface Erasures {
  /** On disk when it returns. Asked again, it begins anew. `isDone`: there is nobody to ask. */
  ask(pseudonym: string, request: Request, isDone: boolean): void;
  /** Those with something left to do. */
  open(): readonly Erasure[];
  isAsked(pseudonym: string): boolean;
  /** null: not in the last day. */
  askedAt(pseudonym: string): number | null;
  /** False, and nothing is written, when they have asked again meanwhile. */
  set(erasure: Erasure, state: 'erased' | 'told'): boolean;
  /** Forgets those who were told a day ago. */
  purge(): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const SQL = {
  ask: `
    INSERT INTO erasures (pseudonym, at, state, request) VALUES (:pseudonym, :now, :state, :request)
    ON CONFLICT (pseudonym) DO UPDATE SET at = excluded.at, state = excluded.state, request = excluded.request`,
  open: `SELECT pseudonym, at, state, request FROM erasures WHERE state IN ('asked', 'erased') ORDER BY at`,
  isAsked: `SELECT 1 FROM erasures WHERE pseudonym = ? AND state = 'asked'`,
  askedAt: 'SELECT at FROM erasures WHERE pseudonym = ?',
  set: `
    UPDATE erasures SET state = :state, request = iif(:state = 'told', NULL, request)
    WHERE pseudonym = :pseudonym AND at = :at`,
  purge: `DELETE FROM erasures WHERE state = 'told' AND at < ?`,
} as const;

export function createSqliteErasures({
  database,
  calendar,
}: {
  readonly database: Database;
  readonly calendar: Calendar;
}): Erasures {
  const sql = prepareAll(database.connection, SQL);
  return {
    ask(pseudonym, request, isDone) {
      const state = isDone ? 'told' : 'asked';
      const kept = isDone ? null : JSON.stringify(request);
      sql.ask.run({ pseudonym, now: calendar(), state, request: kept });
    },
    open() {
      const rows = sql.open.all() as unknown as (Omit<Erasure, 'request'> & { request: string | null })[];
      return rows.map((row) => ({ ...row, request: readJson<Request>(row.request) }));
    },
    isAsked: (pseudonym) => sql.isAsked.get(pseudonym) !== undefined,
    askedAt: (pseudonym) => (sql.askedAt.get(pseudonym) as { at: number } | undefined)?.at ?? null,
    set: ({ pseudonym, at }, state) => sql.set.run({ pseudonym, at, state }).changes > 0,
    purge: () => void sql.purge.run(calendar() - DAY_MS),
  };
}
