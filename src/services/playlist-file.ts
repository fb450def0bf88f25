import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Genre } from '../core/genre.ts';
import type { Region } from '../core/playlist.ts';

/** Two YouTube playlists, by their ids: the one to take, and the one to take when that is no more. */
export interface ListPair {
  readonly list: string;
  readonly backup: string;
}

export type PlaylistIds = Readonly<Record<Genre, Readonly<Record<Region, ListPair>>>>;

/** The map of playlists cannot be read or is none; the message says what is wrong with it, in one line. */
export class PlaylistsFileError extends Error {
  override readonly name = 'PlaylistsFileError';
}

const OWN_FILE = new URL('./playlists.json', import.meta.url);

const id = z.string().regex(/^[\w-]{10,64}$/, { error: 'must be the id of a YouTube playlist' });
const pair = z.strictObject({ list: id, backup: id });
const pairs = z.strictObject({ global: pair, khaleeji: pair });
const schema = z.strictObject({
  classical: pairs,
  electronic: pairs,
  jazz: pairs,
  pop: pairs,
  rock: pairs,
}) satisfies z.ZodType<PlaylistIds>;

/** The path of the program's own map is null. Throws PlaylistsFileError, as all here. */
export function readPlaylistFile(file: string | null): string {
  try {
    return readFileSync(file ?? OWN_FILE, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** `file` is for the message only. */
export function parsePlaylists(text: string, file: string | null): PlaylistIds {
  const parsed = schema.safeParse(parseJson(text, file));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean));
  throw new PlaylistsFileError(`${nameOf(file)}: ${wrong.map((each) => each.join(': ')).join('; ')}`);
}

export function unreadable(file: string | null, cause: unknown): PlaylistsFileError {
  const { code } = cause as NodeJS.ErrnoException;
  return new PlaylistsFileError(`${nameOf(file)} cannot be read (${code})`, { cause });
}

function parseJson(text: string, file: string | null): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlaylistsFileError(`${nameOf(file)} is not JSON`, { cause });
  }
}

function nameOf(file: string | null): string {
  return file ?? 'playlists.json';
}
