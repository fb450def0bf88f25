import type { Config } from './config.ts';
import type { Calendar, Log, Sleep, Telemetry } from './core/chat-ports.ts';
import type { Clock, Explainer, PlaylistSource, TrackSource } from './core/ports.ts';
import type { ServiceRecords } from './core/service-records.ts';
import type { Credentials } from './services/credentials.ts';
import { createCuratedPlaylists } from './services/curated-playlists.ts';
import { createLocalExplainer } from './services/local-explainer.ts';
import { createPlaylistMap, type PlaylistMap } from './services/playlist-map.ts';
import type { Database } from './services/sqlite-database.ts';
import { createSqliteSpending } from './services/sqlite-spending.ts';
import { createSqliteWords } from './services/sqlite-words.ts';
import { withStorageErrors } from './services/storage-errors.ts';
import type { TellAdmin } from './services/youtube-dead-lists.ts';
import type { YoutubeTracks } from './services/youtube-tracks.ts';

export interface OutsideOptions {
  readonly config: Pick<Config, 'openai' | 'youtube'>;
  readonly credentials: Credentials;
  /** For what was spent, said and heard of; null: no service is asked for anything. */
  readonly database: Database | null;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  readonly tellAdmin: TellAdmin;
}

/** Words and music, from services outside where they can be had. */
export interface Outside {
  readonly explainer: Explainer;
  readonly playlistSource: PlaylistSource;
  readonly trackSource: TrackSource;
  readonly records: ServiceRecords;
  /** From now on the playlists are looked after. */
  start(): void;
  /** Forgets words and sums that were kept for long enough. */
  purge(): void;
  /** To be called before the database is closed. */
  close(): Promise<void>;
}

/** For all tries at one answer's words together, in milliseconds. */
const WORDS_LIMIT_MS = 20_000;
/** How long a service for words that is down is left alone. */
const WORDS_REST_MS = 60_000;
/** Calls for one asker's words. */
const DAILY_CALLS = 40;

/** Throws PlaylistsFileError. */
export async function openOutside(options: OutsideOptions): Promise<Outside> {
  const { config, log, database } = options;
  const map = createPlaylistMap({ file: config.youtube.playlistsFile, log });
  const youtube = database && (await openYoutube(options, map, database));
  const words = database && (await openWords(options, database));
  return {
    explainer: words?.explainer ?? createLocalExplainer(),
    playlistSource: createCuratedPlaylists({ map, isDead: (list) => youtube?.isDead(list) ?? false }),
    trackSource: youtube?.trackSource ?? { available: false, tracks: async () => null },
    records: words?.records ?? { about: async () => ({ words: [], callsToday: 0 }), forget: async () => {} },
    start: () => youtube?.start(),
    purge: () => words?.purge(),
    async close() {
      map.close();
      await Promise.all([youtube?.close(), words?.close()]);
    },
  };
}

/** Google's library takes a while to load. */
async function openYoutube(
  { config, ...tools }: OutsideOptions,
  map: PlaylistMap,
  database: Database,
): Promise<YoutubeTracks> {
  const { createYoutubeTracks } = await import('./services/youtube-tracks.ts');
  return createYoutubeTracks({ ...tools, rootUrl: config.youtube.rootUrl, map, database });
}

/** So does OpenAI's. */
async function openWords(options: OutsideOptions, database: Database) {
  const [{ createCallOpenai }, { createOpenaiWords }, { createOpenaiExplainer }] = await Promise.all([
    import('./services/openai-call.ts'),
    import('./services/openai-words.ts'),
    import('./services/openai-explainer.ts'),
  ]);
  const { baseUrl, models, dailyBudgetUsd } = options.config.openai;
  const { calendar } = options;
  const ledger = createSqliteSpending({ database, calendar, dailyBudgetUsd, dailyCalls: DAILY_CALLS });
  const call = createCallOpenai({ ...options, baseUrl, ledger });
  const limits = { limitMs: WORDS_LIMIT_MS, restMs: WORDS_REST_MS };
  const words = createOpenaiWords({ ...options, ...limits, call, models });
  const cache = createSqliteWords({ database, calendar });
  const explainer = createOpenaiExplainer({ ...options, words, cache, fallback: createLocalExplainer() });
  const records: ServiceRecords = withStorageErrors({
    about: async (asker, photos) => ({ words: cache.about(photos), callsToday: ledger.calls(asker) }),
    async forget(asker, photos) {
      cache.forget(photos);
      ledger.forget(asker);
    },
  });
  return {
    explainer,
    records,
    purge() {
      cache.purge();
      ledger.purge();
      options.telemetry.level({ name: 'words_budget_left_dollars', value: ledger.left() }); // the day may be another
    },
    close: () => words.close(),
  };
}
