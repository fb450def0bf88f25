import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Whether the program has written down a request: its database is read beside it. */
export function createInboxReader(stateFolder: string): { knows(key: string): boolean; close(): void } {
  const path = join(stateFolder, 'bot.sqlite');
  let connection: DatabaseSync | null = null;
  return {
    knows(key) {
      if (!connection && !existsSync(path)) return false;
      connection ??= new DatabaseSync(path, { readOnly: true, timeout: 5000 });
      return connection.prepare('SELECT job FROM requests WHERE key = ?').get(key) !== undefined;
    },
    close: () => connection?.close(),
  };
}
