import { readFile } from 'node:fs/promises';
import type { Log } from '../core/chat-ports.ts';
import { GENRES, type Genre } from '../core/genre.ts';
import { REGIONS, type Region } from '../core/playlist.ts';
import {
  type ListPair,
  PlaylistsFileError,
  parsePlaylists,
  readPlaylistFile,
  unreadable,
} from './playlist-file.ts';

/** Which playlists stand for which music, as it is now. */
export interface PlaylistMap {
  lists(genre: Genre, region: Region): ListPair;
  /** All of it. */
  entries(): readonly (ListPair & { readonly genre: Genre; readonly region: Region })[];
  /** Looks for changes no more. */
  close(): void;
}

export interface PlaylistMapOptions {
  /** Taken instead of the program's own, and read again whenever it changes; null: the program's own. */
  readonly file: string | null;
  readonly log: Log;
  /** How often to look whether the file has changed. */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 5000;

/** Throws PlaylistsFileError when the file cannot be used; one that becomes so later is logged, and the last good one stays. */
export function createPlaylistMap({ file, log, intervalMs = INTERVAL_MS }: PlaylistMapOptions): PlaylistMap {
  let text = readPlaylistFile(file);
  let ids = parsePlaylists(text, file);
  let problem: string | null = null;

  async function look(path: string): Promise<void> {
    try {
      const newer = await readFile(path, 'utf8').catch((cause) => Promise.reject(unreadable(path, cause)));
      if (newer !== text) ids = parsePlaylists(newer, path);
      if (newer !== text || problem !== null) log.info('the map of playlists was read again');
      text = newer;
      problem = null;
    } catch (error) {
      if (!(error instanceof PlaylistsFileError)) throw error;
      if (error.message !== problem) {
        log.error('the new map of playlists is not used', { reason: error.message });
      }
      problem = error.message;
    }
  }

  // reads it again and again: that sees files replaced and links moved, on every kind of disk
  const timer = file === null ? undefined : setInterval(() => void look(file), intervalMs).unref();
  return {
    lists: (genre, region) => ids[genre][region],
    entries: () =>
      GENRES.flatMap((genre) => REGIONS.map((region) => ({ genre, region, ...ids[genre][region] }))),
    close: () => clearInterval(timer),
  };
}
