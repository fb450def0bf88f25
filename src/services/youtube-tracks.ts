import type { Calendar, Log, Sleep, Telemetry } from '../core/chat-ports.ts';
import type { TrackSource } from '../core/ports.ts';
import type { Credentials } from './credentials.ts';
import type { PlaylistMap } from './playlist-map.ts';
import { createSingleFlight } from './share-flight.ts';
import type { Database } from './sqlite-database.ts';
import { createSqliteTracks } from './sqlite-tracks.ts';
import { createSqliteYoutubeDead } from './sqlite-youtube-dead.ts';
import { createYoutubeUnits } from './sqlite-youtube-units.ts';
import { createYoutubeApi } from './youtube-api.ts';
import { YoutubeChecks } from './youtube-checks.ts';
import { createDeadLists, type TellAdmin } from './youtube-dead-lists.ts';
import { fetchYoutubeList } from './youtube-list.ts';
import { createYoutubeLists, type YoutubeLists } from './youtube-lists.ts';
import { pageOf } from './youtube-pages.ts';
import { createYoutubePauses } from './youtube-pauses.ts';

export interface YoutubeTracksOptions {
  readonly credentials: Credentials;
  /** https://youtube.googleapis.com/ or a server that speaks like it. */
  readonly rootUrl: string;
  readonly map: PlaylistMap;
  readonly database: Database;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  readonly tellAdmin: TellAdmin;
  /** The longest that an asker waits; 8 s unless told. */
  readonly limitMs?: number;
  /** For one attempt of a call; 3.5 s unless told. */
  readonly attemptMs?: number;
}

/** Everything that is asked of YouTube. Without a key it does nothing, and begins when there is one. */
export interface YoutubeTracks {
  readonly trackSource: TrackSource;
  /** Whether a list is known to be no more. */
  isDead(list: string): boolean;
  /** Begins the daily checks. */
  start(): void;
  /** Ends what is under way; resolves when nothing is left that needs the database. */
  close(): Promise<void>;
}

const LIMIT_MS = 8000;

export function createYoutubeTracks(options: YoutubeTracksOptions): YoutubeTracks {
  const { credentials, database, calendar, log, limitMs = LIMIT_MS } = options;
  const cache = createSqliteTracks({ database, calendar, log });
  const dead = createDeadLists({ ...options, ids: createSqliteYoutubeDead({ database, calendar, log }) });
  const api = createYoutubeApi({ ...options, units: createYoutubeUnits(options) });
  const lists = createYoutubeLists({
    fetch: (list, signal) => fetchYoutubeList(api, list, log, signal),
    cache,
    flight: createSingleFlight(),
    pauses: createYoutubePauses(calendar, credentials),
    dead,
    calendar,
    log,
    // what has come until then still reaches those who wait
    limitMs: 0.9 * limitMs,
  });
  const checks = new YoutubeChecks({ ...options, lists, dead, cache });
  return {
    trackSource: createTrackSource(options, lists, dead.isDead),
    isDead: dead.isDead,
    start: () => checks.start(),
    async close() {
      await Promise.all([checks.close(), lists.close()]);
    },
  };
}

function createTrackSource(
  { credentials, map, limitMs = LIMIT_MS }: YoutubeTracksOptions,
  lists: YoutubeLists,
  isDead: (list: string) => boolean,
): TrackSource {
  return {
    get available() {
      return credentials.get('YOUTUBE_API_KEY') !== null;
    },
    async tracks(genre, region, turn, signal) {
      signal.throwIfAborted();
      if (credentials.get('YOUTUBE_API_KEY') === null) return null;
      const deadline = AbortSignal.timeout(limitMs);
      const { list, backup } = map.lists(genre, region);
      for (const each of [list, backup]) {
        if (isDead(each)) continue;
        const tracks = await lists.tracksOf(each, deadline, signal);
        if (isDead(each)) continue; // that is what asking has shown
        return tracks && pageOf(tracks, turn);
      }
      return null;
    },
  };
}
