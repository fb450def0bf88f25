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
  /** How to tell them; null: they are not to be told yet. */
  readonly request: Request | null;
}

/** People who asked to be forgotten. What SQLite throws is thrown. */
export interface Erasures {
  /**
   * `at`: when they asked, milliseconds since 1970. On disk when it returns. What they asked later begins anew, the same one
   * does not. `isDone`: there is nothing that the archive could have.
   */
  ask(pseudonym: string, at: number, isDone: boolean): void;
  /** How to tell them, once nothing is left here. False: there is nothing left to wait for. */
  tell(pseudonym: string, at: number, request: Request): boolean;
  /** Those with something left to do. */
  open(): readonly Erasure[];
  /** Whether the archive is still to forget them. Needs no disk. */
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
    INSERT INTO erasures (pseudonym, at, state, request) VALUES (:pseudonym, :at, :state, NULL)
    ON CONFLICT (pseudonym) DO UPDATE SET at = excluded.at, state = excluded.state, request = NULL
    WHERE excluded.at > erasures.at`,
  tell: `
    UPDATE erasures SET request = :request
    WHERE pseudonym = :pseudonym AND at = :at AND state IN ('asked', 'erased')`,
  open: `SELECT pseudonym, at, state, request FROM erasures WHERE state IN ('asked', 'erased') ORDER BY at`,
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
  const open = (): readonly Erasure[] => {
    const rows = sql.open.all() as unknown as (Omit<Erasure, 'request'> & { request: string | null })[];
    return rows.map((row) => ({ ...row, request: readJson<Request>(row.request) }));
  };
  const asked = new Set<string>();
  const look = () => {
    asked.clear();
    for (const { pseudonym, state } of open()) if (state === 'asked') asked.add(pseudonym);
  };
  look();
  return {
    ask(pseudonym, at, isDone) {
      asked.add(pseudonym); // before it is written: nothing of theirs may set out meanwhile
      sql.ask.run({ pseudonym, at, state: isDone ? 'told' : 'asked' });
      look();
    },
    tell: (pseudonym, at, request) =>
      sql.tell.run({ pseudonym, at, request: JSON.stringify(request) }).changes > 0,
    open,
    isAsked: (pseudonym) => asked.has(pseudonym),
    askedAt: (pseudonym) => (sql.askedAt.get(pseudonym) as { at: number } | undefined)?.at ?? null,
    set({ pseudonym, at }, state) {
      const isSet = sql.set.run({ pseudonym, at, state }).changes > 0;
      look();
      return isSet;
    },
    purge: () => void sql.purge.run(calendar() - DAY_MS),
  };
}
