import type { Calendar } from '../core/chat-ports.ts';
import type { Database } from './sqlite-database.ts';
import { prepareAll } from './sqlite-statements.ts';

/** What is spent on calls, by days (UTC). What SQLite throws is thrown: then nothing may be spent. */
export interface SpendingLedger {
  /**
   * Writes down what a call may cost at most, in millionths of a dollar, before it is made; its number, or why it must
   * not be made: the day's budget is used up, or this asker has had enough of it (null: whose calls nobody counts).
   */
  reserve(asker: string | null, micros: number): number | 'budget' | 'allowance';
  /** Why `reserve` would refuse now; null: it would not. */
  refusal(asker: string | null, micros: number): 'budget' | 'allowance' | null;
  /** What it did cost. A call that is never settled has cost what was reserved. */
  settle(id: number, micros: number): void;
  /** Dollars, never below 0. */
  left(): number;
  /** Calls for an asker today. */
  calls(asker: string): number;
  /** Whose calls they were; what they cost stays. */
  forget(asker: string): void;
  /** Forgets the days before. */
  purge(): void;
}

export interface SqliteSpendingOptions {
  readonly database: Database;
  readonly calendar: Calendar;
  readonly dailyBudgetUsd: number;
  /** Calls of one asker. */
  readonly dailyCalls: number;
}

const SQL = {
  spent: 'SELECT coalesce(sum(micros), 0) AS micros FROM spending WHERE day = ?',
  // what has cost nothing does not count
  calls: 'SELECT count(*) AS calls FROM spending WHERE day = :day AND asker = :asker AND micros > 0',
  reserve: 'INSERT INTO spending (day, asker, micros) VALUES (:day, :asker, :micros)',
  settle: 'UPDATE spending SET micros = :micros WHERE id = :id',
  forget: 'UPDATE spending SET asker = NULL WHERE asker = ?',
  purge: 'DELETE FROM spending WHERE day < ?',
} as const;

const MICROS = 1e6;

export function createSqliteSpending(options: SqliteSpendingOptions): SpendingLedger {
  const { database, calendar, dailyBudgetUsd, dailyCalls } = options;
  const sql = prepareAll(database.connection, SQL);
  const budget = Math.floor(dailyBudgetUsd * MICROS);
  const today = () => new Date(calendar()).toISOString().slice(0, 10);
  const spent = (day: string) => (sql.spent.get(day) as { micros: number }).micros;

  const callsOf = (day: string, asker: string) => (sql.calls.get({ day, asker }) as { calls: number }).calls;

  function refusalOf(day: string, asker: string | null, micros: number): 'budget' | 'allowance' | null {
    if (spent(day) + micros > budget) return 'budget';
    if (asker === null) return null;
    return callsOf(day, asker) >= dailyCalls ? 'allowance' : null;
  }

  return {
    reserve(asker, micros) {
      const day = today();
      return database.transaction(() => {
        const refusal = refusalOf(day, asker, micros);
        return refusal ?? Number(sql.reserve.run({ day, asker, micros }).lastInsertRowid);
      });
    },
    refusal: (asker, micros) => refusalOf(today(), asker, micros),
    // lost in a power cut, the reserved amount stands
    settle: (id, micros) => void database.lazily(() => sql.settle.run({ id, micros })),
    calls: (asker) => callsOf(today(), asker),
    forget: (asker) => void sql.forget.run(asker),
    purge: () => void sql.purge.run(today()),
    left: () => Math.max(0, budget - spent(today())) / MICROS,
  };
}
