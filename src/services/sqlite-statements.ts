import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type Statements<SQL> = Readonly<Record<keyof SQL, StatementSync>>;

/** Throws when the schema is not the one they are for. */
export function prepareAll<SQL extends Readonly<Record<string, string>>>(
  connection: DatabaseSync,
  sql: SQL,
): Statements<SQL> {
  const prepared = Object.entries(sql).map(([name, text]) => [name, connection.prepare(text)]);
  return Object.fromEntries(prepared) as Statements<SQL>;
}
