import type { Calendar } from './core/chat-ports.ts';
import type { Store } from './core/store.ts';
import type { Database } from './services/sqlite-database.ts';
import { createSqliteStore } from './services/sqlite-store.ts';

export interface OpenStoreOptions {
  readonly database: Database;
  /** A table of DynamoDB; null: the database. */
  readonly storeTable: string | null;
  readonly calendar: Calendar;
}

/** Where results and preferences are. */
export async function openStore({
  database,
  storeTable,
  calendar,
}: OpenStoreOptions): Promise<Store & { close(): void }> {
  if (storeTable === null) return { ...createSqliteStore({ database, calendar }), close() {} };
  const { createDynamoStore } = await import('./services/dynamo-store.ts'); // AWS's library takes a while to load
  return createDynamoStore({ table: storeTable, calendar });
}
