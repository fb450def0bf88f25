import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SCHEMA_STEPS } from './sqlite-schema.ts';

/** What the program keeps between two runs, in one file; every part of it shares one connection. */
export interface Database {
  readonly connection: DatabaseSync;
  /** All that `work` writes or, when it or the disk throws, none of it; on disk when this returns. Not to be nested. */
  transaction<T>(work: () => T): T;
  /**
   * For what a process that dies must not lose, but a power cut may: spares the wait for the disk. It is on the disk no
   * later than what is written next without this.
   */
  lazily<T>(work: () => T): T;
  /** Empties the write-ahead log, which else keeps what was deleted for a while. Waits for no other reader. */
  checkpoint(): void;
  /** Leaves one file behind, without a log. May be called twice. */
  close(): void;
}

export type StateFailure =
  /** The folder or its file cannot be made, read or written. */
  | 'not-writable'
  /** Or one that is damaged. */
  | 'not-a-database'
  /** A newer version of the program wrote it. */
  | 'newer'
  /** Another instance of the program holds the folder, or another program the file. */
  | 'in-use';

/** What the program keeps cannot be used; the message says why in a few words, for whoever runs the program. */
export class StateError extends Error {
  readonly reason: StateFailure;

  constructor(reason: StateFailure, path: string, options?: ErrorOptions) {
    super(`${path}: ${REASONS[reason]}`, options);
    this.name = 'StateError';
    this.reason = reason;
  }
}

const REASONS: Readonly<Record<StateFailure, string>> = {
  'not-writable': 'cannot be made, read or written',
  'not-a-database': 'is not a database, or is damaged',
  newer: 'was written by a newer version of this program',
  'in-use': 'is held by another instance of this program',
};

const BUSY_TIMEOUT_MS = 5000;

/** Makes the folder, for its owner only, and bot.sqlite in it where they are missing. Throws StateError. */
export function openDatabase(stateFolder: string): Database {
  const path = join(stateFolder, 'bot.sqlite');
  const connection = connect(stateFolder, path);
  try {
    prepare(connection, path);
  } catch (error) {
    connection.close();
    throw asStateError(error, path);
  }
  return {
    connection,
    transaction: (work) => transaction(connection, work),
    lazily: (work) => lazily(connection, work),
    checkpoint: () => checkpoint(connection),
    close() {
      if (!connection.isOpen) return;
      try {
        checkpoint(connection);
      } finally {
        connection.close();
      }
    },
  };
}

function connect(folder: string, path: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600)); // SQLite gives its log the mode of the file, but a new file the umask's
    return new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  } catch (error) {
    throw new StateError('not-writable', path, { cause: error });
  }
}

function prepare(connection: DatabaseSync, path: string): void {
  const { user_version: taken } = connection.prepare('PRAGMA user_version').get() as { user_version: number };
  if (taken > SCHEMA_STEPS.length) throw new StateError('newer', path);
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  for (const [index, step] of SCHEMA_STEPS.entries()) {
    if (index < taken) continue;
    transaction(connection, () => connection.exec(`${step}; PRAGMA user_version = ${index + 1}`));
  }
}

function transaction<T>(connection: DatabaseSync, work: () => T): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK'); // a full disk may have rolled it back already
    throw error;
  }
}

function lazily<T>(connection: DatabaseSync, work: () => T): T {
  connection.exec('PRAGMA synchronous = NORMAL');
  try {
    return work();
  } finally {
    connection.exec('PRAGMA synchronous = FULL');
  }
}

function checkpoint(connection: DatabaseSync): void {
  connection.exec(
    `PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`,
  );
}

/** SQLite's own failures by its result codes, https://sqlite.org/rescode.html; anything else is a bug and stays. */
function asStateError(error: unknown, path: string): unknown {
  const { errcode } = error as { errcode?: unknown };
  if (typeof errcode !== 'number') return error;
  const reason = FAILURES[errcode & 0xff];
  return reason ? new StateError(reason, path, { cause: error }) : error;
}

const FAILURES: Readonly<Record<number, StateFailure>> = {
  5: 'in-use',
  6: 'in-use',
  8: 'not-writable',
  10: 'not-writable',
  11: 'not-a-database',
  13: 'not-writable',
  14: 'not-writable',
  26: 'not-a-database',
};
