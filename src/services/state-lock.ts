import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Log, Sleep } from '../core/chat-ports.ts';
import { StateError } from './sqlite-database.ts';

export interface StateLockOptions {
  readonly stateFolder: string;
  /** How long another instance may take to go. */
  readonly waitMs: number;
  readonly sleep: Sleep;
  readonly log: Log;
}

const LOOK_EVERY_MS = 500;

/**
 * Holds the state folder for this process alone, so that no two instances take up the same requests: an exclusive
 * transaction on a file of its own, which ends with the process however it ends. Waits for an instance that is on its way
 * out. The result gives the folder free. Throws StateError in-use and not-writable, and the signal's reason.
 */
export async function holdStateFolder(
  { stateFolder, waitMs, sleep, log }: StateLockOptions,
  signal: AbortSignal,
): Promise<() => void> {
  const path = join(stateFolder, 'leader.db');
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const connection = tryToHold(stateFolder, path);
    if (connection) return () => connection.close();
    if (waited >= waitMs) throw new StateError('in-use', stateFolder);
    if (waited === 0) log.warn('another instance holds the state folder: waiting for it to go');
    await sleep(LOOK_EVERY_MS, signal);
  }
}

/** null when another process has it. */
function tryToHold(folder: string, path: string): DatabaseSync | null {
  let connection: DatabaseSync | null = null;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    connection = new DatabaseSync(path, { timeout: 0 });
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection?.close();
    const { errcode } = error as { errcode?: number };
    if (errcode === SQLITE_BUSY) return null;
    throw new StateError('not-writable', path, { cause: error });
  }
}

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;
