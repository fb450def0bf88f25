import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import type { Level } from '../../src/core/chat-ports.ts';
import type { Genre } from '../../src/core/genre.ts';
import type { Region, TrackPage } from '../../src/core/playlist.ts';
import { createPlaylistMap } from '../../src/services/playlist-map.ts';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import type { DeadPlaylist } from '../../src/services/youtube-dead-lists.ts';
import { createYoutubeTracks, type YoutubeTracksOptions } from '../../src/services/youtube-tracks.ts';
import { EPOCH } from './fake-time.ts';
import { recordLog, recordTelemetry } from './record-telemetry.ts';
import { type FakeYoutube, startFakeYoutube } from './youtube/fake-youtube.ts';

export const HOUR_MS = 60 * 60_000;
const never = new AbortController().signal;

export interface OpenYoutubeOptions extends Partial<YoutubeTracksOptions> {
  /** A server that runs already. */
  readonly fake?: FakeYoutube;
  /** What an earlier run has left. */
  readonly folder?: string;
}

/** The tracks as the program has them, from a server of ours; time stands still unless `time.now` is moved, pauses pass at once. */
export async function openYoutubeTracks({ fake: given, folder: old, ...options }: OpenYoutubeOptions = {}) {
  const fake = given ?? (await startFakeYoutube());
  if (!given) onTestFinished(() => fake.close());
  const folder = old ?? mkdtempSync(join(tmpdir(), 'youtube-'));
  if (!old) onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = openDatabase(folder);
  const { log, lines } = recordLog();
  const recorded = recordTelemetry();
  const time = { now: EPOCH };
  const secret = { key: fake.key as string | null, next: null as string | null, refreshes: 0 };
  const told: (readonly DeadPlaylist[])[] = [];
  const map = createPlaylistMap({ file: null, log });
  const youtube = createYoutubeTracks({
    credentials: {
      get: () => secret.key,
      async refresh(_name, refused) {
        secret.refreshes += 1;
        if (secret.next === null || secret.next === refused) return false;
        secret.key = secret.next;
        return true;
      },
    },
    rootUrl: fake.url,
    map,
    database,
    telemetry: recorded.telemetry,
    log,
    calendar: () => time.now,
    sleep: async (_ms, signal) => signal.throwIfAborted(),
    tellAdmin: async (dead) => void told.push(dead),
    ...options,
  });
  const close = async () => {
    await youtube.close();
    map.close();
    database.close();
  };
  onTestFinished(close);
  const tracks = (genre: Genre = 'jazz', region: Region = 'global', page = 0, seed = 7) =>
    youtube.trackSource.tracks(genre, region, { seed, page }, never);
  const expectNoKey = () => {
    const written = inspect([lines, recorded.counted, told], { depth: 20, showHidden: true });
    for (const key of [fake.key, secret.key, secret.next]) if (key) expect(written).not.toContain(key);
  };
  const level = (name: Level['name']) => recorded.levels.get(name);
  const counted = (name: string) => recorded.counted.filter((event) => event.name === name);
  return {
    youtube,
    fake,
    folder,
    database,
    map,
    time,
    secret,
    told,
    lines,
    counted,
    level,
    tracks,
    expectNoKey,
    close,
  };
}

/** All tracks of a list, page by page. */
export async function allPages(ask: (page: number) => Promise<TrackPage | null>) {
  const first = await ask(0);
  const pages = await Promise.all(Array.from({ length: first?.pages ?? 0 }, (_, page) => ask(page)));
  return pages.flatMap((page) => page?.tracks ?? []);
}
