import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteStore } from '../../src/services/sqlite-store.ts';
import type { OpenStore } from './store-contract-start.ts';
import { NOW } from './stored-result.ts';

export interface OpenSqliteStore extends OpenStore {
  readonly database: Database;
  readonly folder: string;
}

/** A store in a folder that goes with the test. */
export function openSqliteStore(): OpenSqliteStore {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-store-'));
  const database = openDatabase(folder);
  let now = NOW;
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    database,
    store: createSqliteStore({ database, calendar: () => now }),
    setNow(ms) {
      now = ms;
    },
    expire: async () => {},
    everything: async () => everythingIn(database),
  };
}

/** All rows of all tables, in an order of their own; that somebody was forgotten is nothing about them. */
function everythingIn({ connection }: Database): string {
  const tables = connection
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'traces' ORDER BY name`)
    .all();
  const rows = ({ name }: (typeof tables)[number]) => {
    const all = connection.prepare(`SELECT * FROM "${name}"`).all();
    return [String(name), ...all.map((row) => JSON.stringify(row)).sort()];
  };
  return tables.flatMap(rows).join('\n');
}
