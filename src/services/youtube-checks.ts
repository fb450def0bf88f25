import type { Log, Sleep } from '../core/chat-ports.ts';
import type { Credentials } from './credentials.ts';
import type { PlaylistMap } from './playlist-map.ts';
import type { TrackCache } from './sqlite-tracks.ts';
import type { DeadLists } from './youtube-dead-lists.ts';
import type { YoutubeLists } from './youtube-lists.ts';

export interface YoutubeChecksOptions {
  readonly map: PlaylistMap;
  readonly lists: YoutubeLists;
  readonly dead: DeadLists;
  readonly cache: TrackCache;
  readonly credentials: Credentials;
  readonly sleep: Sleep;
  readonly log: Log;
}

/** Between two looks for lists that were not heard of for a day. */
const ROUND_MS = 60 * 60_000;
/** Between two lists of a round. */
const SPREAD_MS = 5000;

/** Asks for every list once a day, so that a dead one is known before somebody asks for it, and one that is back. */
export class YoutubeChecks {
  readonly #options: YoutubeChecksOptions;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: YoutubeChecksOptions) {
    this.#options = options;
  }

  /** Begins with a round. Lists that were fetched not long ago, before a restart, wait until their day is over. */
  start(): void {
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    const { sleep, log } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#round(signal);
      } catch (error) {
        if (!signal.aborted) log.error('the playlists could not be checked', { error });
      }
      await sleep(ROUND_MS, signal).catch(() => {}); // it is over, and the loop sees it
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { map, dead, cache, credentials } = this.#options;
    cache.purge();
    if (credentials.get('YOUTUBE_API_KEY') !== null) {
      const entries = map.entries();
      await this.#check(
        entries.map(({ list }) => list),
        signal,
      );
      const inUse = entries.filter(({ list }) => dead.isDead(list));
      await this.#check(
        inUse.map(({ backup }) => backup),
        signal,
      );
    }
    await dead.tell();
  }

  async #check(all: readonly string[], signal: AbortSignal): Promise<void> {
    const { lists, sleep } = this.#options;
    for (const list of new Set(all)) {
      if (!lists.isDue(list)) continue;
      await lists.refresh(list, signal);
      await sleep(SPREAD_MS, signal);
    }
  }
}
