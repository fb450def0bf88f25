import type { Calendar, Log } from '../core/chat-ports.ts';
import type { Track } from '../core/playlist.ts';
import type { Database } from './sqlite-database.ts';
import { readJson } from './sqlite-json.ts';
import { prepareAll } from './sqlite-statements.ts';
import { unlessDiskFails } from './sqlite-youtube-disk.ts';

export interface KeptTracks {
  readonly tracks: readonly Track[];
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
}

/** The tracks of playlists by their ids, as they were last fetched. Never throws. */
export interface TrackCache {
  /** null: there are none, or none that are young enough. */
  get(list: string): KeptTracks | null;
  put(list: string, tracks: readonly Track[]): void;
  /** Forgets what is too old to be shown. */
  purge(): void;
}

export interface SqliteTracksOptions {
  readonly database: Database;
  readonly calendar: Calendar;
  readonly log: Log;
}

/** As long as YouTube's data may be kept without being fetched again: https://developers.google.com/youtube/terms/developer-policies */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

const SQL = {
  get: 'SELECT tracks, fetched_at AS fetchedAt FROM playlist_tracks WHERE list = ?',
  put: `
    INSERT INTO playlist_tracks (list, tracks, fetched_at) VALUES (:list, :tracks, :fetchedAt)
    ON CONFLICT (list) DO UPDATE SET tracks = excluded.tracks, fetched_at = excluded.fetched_at`,
  purge: 'DELETE FROM playlist_tracks WHERE fetched_at < ?',
} as const;

/** On disk for the next start, and in memory, so that a disk without room does not make us ask YouTube all the time. */
export function createSqliteTracks({ database, calendar, log }: SqliteTracksOptions): TrackCache {
  const sql = prepareAll(database.connection, SQL);
  const inMemory = new Map<string, KeptTracks>();
  const oldest = () => calendar() - KEPT_MS;

  function load(list: string): KeptTracks | null {
    const row = unlessDiskFails(() => sql.get.get(list), log) as
      | { readonly tracks: string; readonly fetchedAt: number }
      | null
      | undefined;
    const tracks = row ? readJson<Track[]>(row.tracks) : null;
    if (!row || !Array.isArray(tracks)) return null;
    const kept = { tracks, fetchedAt: row.fetchedAt };
    inMemory.set(list, kept);
    return kept;
  }

  return {
    get(list) {
      const kept = inMemory.get(list) ?? load(list);
      return kept && kept.fetchedAt >= oldest() ? kept : null;
    },
    put(list, tracks) {
      const fetchedAt = calendar();
      inMemory.set(list, { tracks, fetchedAt });
      const row = { list, tracks: JSON.stringify(tracks), fetchedAt };
      unlessDiskFails(() => database.lazily(() => sql.put.run(row)), log);
    },
    purge() {
      for (const [list, { fetchedAt }] of inMemory) if (fetchedAt < oldest()) inMemory.delete(list);
      unlessDiskFails(() => database.lazily(() => sql.purge.run(oldest())), log);
    },
  };
}
