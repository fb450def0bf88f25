import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Calendar, Inbox } from '../../src/core/chat-ports.ts';
import type { Store } from '../../src/core/store.ts';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteInbox } from '../../src/services/sqlite-inbox.ts';
import { createSqliteStore } from '../../src/services/sqlite-store.ts';

/** An inbox and a store in a folder that goes with the test. */
export function openState(calendar: Calendar): { readonly inbox: Inbox; readonly store: Store } {
  const folder = mkdtempSync(join(tmpdir(), 'state-'));
  const database = openDatabase(folder);
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  return {
    inbox: createSqliteInbox({ database, calendar }),
    store: createSqliteStore({ database, calendar }),
  };
}
