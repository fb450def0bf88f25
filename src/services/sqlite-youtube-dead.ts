import type { Calendar, Log } from '../core/chat-ports.ts';
import type { Database } from './sqlite-database.ts';
import { prepareAll } from './sqlite-statements.ts';
import { unlessDiskFails } from './sqlite-youtube-disk.ts';

/** The ids of playlists that are no more. Never throws. */
export interface DeadIds {
  has(list: string): boolean;
  /** Whether that is news. */
  set(list: string, isDead: boolean): boolean;
  /** Whether somebody has been told that it is. */
  isTold(list: string): boolean;
  setTold(lists: readonly string[]): void;
}

export interface SqliteYoutubeDeadOptions {
  readonly database: Database;
  readonly calendar: Calendar;
  readonly log: Log;
}

const SQL = {
  all: 'SELECT list, told FROM dead_playlists',
  add: 'INSERT INTO dead_playlists (list, since, told) VALUES (:list, :now, 0) ON CONFLICT (list) DO NOTHING',
  tell: 'UPDATE dead_playlists SET told = 1 WHERE list = ?',
  remove: 'DELETE FROM dead_playlists WHERE list = ?',
} as const;

/** In memory, and on disk for the next start. */
export function createSqliteYoutubeDead({ database, calendar, log }: SqliteYoutubeDeadOptions): DeadIds {
  const sql = prepareAll(database.connection, SQL);
  const rows = unlessDiskFails(() => sql.all.all(), log) ?? [];
  const dead = new Set(rows.map((row) => String(row['list'])));
  const told = new Set(rows.flatMap((row) => (row['told'] ? [String(row['list'])] : [])));
  return {
    has: (list) => dead.has(list),
    set(list, isDead) {
      if (dead.has(list) === isDead) return false;
      if (isDead) dead.add(list);
      else dead.delete(list);
      told.delete(list);
      const write = () => (isDead ? sql.add.run({ list, now: calendar() }) : sql.remove.run(list));
      unlessDiskFails(() => database.lazily(write), log);
      return true;
    },
    isTold: (list) => told.has(list),
    setTold(lists) {
      for (const list of lists) told.add(list);
      unlessDiskFails(() => database.lazily(() => lists.map((list) => sql.tell.run(list))), log);
    },
  };
}
