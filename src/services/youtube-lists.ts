import type { Calendar, Log } from '../core/chat-ports.ts';
import type { Track } from '../core/playlist.ts';
import type { SingleFlight } from './share-flight.ts';
import type { TrackCache } from './sqlite-tracks.ts';
import type { DeadLists } from './youtube-dead-lists.ts';
import { YoutubeError } from './youtube-error.ts';
import type { YoutubePauses } from './youtube-pauses.ts';

/** Playlists' tracks, kept and fetched anew. Rejects with the signal's reason only. */
export interface YoutubeLists {
  /**
   * At most a day old; up to 30 days where newer ones cannot be had until the deadline aborts; null: there are none.
   */
  tracksOf(list: string, deadline: AbortSignal, signal: AbortSignal): Promise<readonly Track[] | null>;
  /** Asks YouTube, unless that has failed just now. */
  refresh(list: string, signal: AbortSignal): Promise<void>;
  /** Whether nobody has heard of it from YouTube for a day. */
  isDue(list: string): boolean;
  /** Ends what is under way, and resolves when it has ended. */
  close(): Promise<void>;
}

export interface YoutubeListsOptions {
  /** A list's tracks from YouTube. Throws YoutubeError, and the signal's reason. */
  fetch(list: string, signal: AbortSignal): Promise<readonly Track[]>;
  readonly cache: TrackCache;
  readonly flight: SingleFlight<void>;
  readonly pauses: YoutubePauses;
  readonly dead: DeadLists;
  readonly calendar: Calendar;
  readonly log: Log;
  /** The longest that a list takes. */
  readonly limitMs: number;
}

const HOUR_MS = 60 * 60_000;
const FRESH_MS = 12 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;
/** A little earlier, so that it is done within the day. */
const DUE_MS = 23 * HOUR_MS;

export function createYoutubeLists(options: YoutubeListsOptions): YoutubeLists {
  const { cache, flight, pauses, dead, calendar, limitMs } = options;
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  const deadSeenAt = new Map<string, number>();

  /** Milliseconds; Infinity for a time to come, too: the clock was wrong then, or is now. */
  const ageOf = (at: number | undefined) =>
    at === undefined || at > calendar() ? Number.POSITIVE_INFINITY : calendar() - at;

  async function ask(list: string): Promise<void> {
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(limitMs)]);
    const tracks = await options
      .fetch(list, signal)
      .catch((thrown) => failureOf(thrown, signal, options.log));
    if (stop.signal.aborted) return;
    if (tracks instanceof YoutubeError) return failed(list, tracks);
    if (tracks.length === 0) return failed(list, new YoutubeError('dead', 'empty'));
    cache.put(list, tracks);
    dead.found(list, false);
    pauses.succeeded(list);
  }

  function failed(list: string, error: YoutubeError): void {
    pauses.failed(list, error);
    if (error.kind === 'dead') {
      deadSeenAt.set(list, calendar());
      dead.found(list, true);
    } else {
      options.log.warn('a playlist could not be had', { list, reason: error.message });
    }
  }

  function start(list: string): Promise<void> {
    const work = ask(list).finally(() => running.delete(work));
    running.add(work);
    return work;
  }

  async function refresh(list: string, signal: AbortSignal): Promise<void> {
    if (stop.signal.aborted || pauses.isPaused(list)) return;
    await flight.join(list, () => start(list), signal);
  }

  return {
    async tracksOf(list, deadline, signal) {
      const kept = cache.get(list);
      const age = ageOf(kept?.fetchedAt);
      if (kept && age < FRESH_MS) return kept.tracks;
      const limited = AbortSignal.any([signal, deadline]);
      const refreshed = refresh(list, limited).catch(() => signal.throwIfAborted());
      if (kept && age < DAY_MS) {
        refreshed.catch(() => {}); // it goes on without the asker
        return kept.tracks;
      }
      await refreshed;
      return cache.get(list)?.tracks ?? null;
    },
    refresh,
    isDue: (list) => ageOf(deadSeenAt.get(list)) >= DUE_MS && ageOf(cache.get(list)?.fetchedAt) >= DUE_MS,
    async close() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

function failureOf(thrown: unknown, signal: AbortSignal, log: Log): YoutubeError {
  if (thrown instanceof YoutubeError) return thrown;
  if (signal.aborted) return new YoutubeError('passing', 'timed out');
  log.error('a playlist was not read as it should be', { error: thrown });
  return new YoutubeError('passing', 'failed');
}
