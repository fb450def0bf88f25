import type { ChildProcess } from 'node:child_process';
import type { Shard } from 'discord.js';
import type { Calendar, Log, Sleep } from '../../core/chat-ports.ts';
import type { PlatformHealth } from '../chat-platform.ts';
import type { BotFacts } from './front.ts';
import { ShardLink, type ShardLinkListener } from './shard-link.ts';

export interface ShardKeeperOptions {
  readonly shard: Shard;
  readonly log: Log;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  readonly listener: Pick<ShardLinkListener, 'hand' | 'onFatal'>;
}

const SHORTEST_PAUSE_MS = 1000;
/** Discord takes a bot's token back that identifies a thousand times a day. */
const LONGEST_PAUSE_MS = 120_000;
/** A process that has lived so long is no reason to wait longer than the last time. */
const STEADY_MS = 600_000;

/** Keeps one shard's process running. */
export class ShardKeeper {
  /** Resolves when it was connected for the first time. */
  readonly connected: Promise<BotFacts>;
  readonly #options: ShardKeeperOptions;
  readonly #connected = Promise.withResolvers<BotFacts>();
  #link: ShardLink | null = null;

  constructor(options: ShardKeeperOptions) {
    this.#options = options;
    this.connected = this.#connected.promise;
    // discord.js tells of it before anything can happen to the process, such as an error that nobody listens for
    options.shard.on('spawn', (child) => this.#watch(child as ChildProcess));
  }

  get health(): PlatformHealth {
    return this.#link?.health() ?? { ok: false, detail: 'does not run' };
  }

  /** Starts it, and starts it anew whenever it ends, until the signal aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { sleep, calendar } = this.#options;
    try {
      for (let ends = 0; !signal.aborted; ends++) {
        const startedAt = calendar();
        await this.#runOnce(signal);
        if (calendar() - startedAt > STEADY_MS) ends = 0;
        // discord.js itself would not wait, however often it ends
        await sleep(Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** ends), signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Resolves when its process is gone: by itself when it is asked to, or killed after so many milliseconds. */
  async stop(limitMs: number): Promise<void> {
    await this.#link?.stop(limitMs);
  }

  async #runOnce(signal: AbortSignal): Promise<void> {
    const { shard, log } = this.#options;
    try {
      if (shard.process) shard.kill(); // one that could not be started
      const child = await shard.spawn(WITHOUT_LIMIT);
      await this.#link?.ended;
      this.#link = null;
      const { pid, exitCode, signalCode } = child;
      if (!signal.aborted) log.warn('a shard has ended', { shard: shard.id, pid, exitCode, signalCode });
    } catch (error) {
      log.error('a shard could not be started', { shard: shard.id, error });
    }
  }

  #watch(child: ChildProcess): void {
    const { shard, log, calendar, sleep, listener } = this.#options;
    const onConnected = (bot: BotFacts) => this.#connected.resolve(bot);
    this.#link = new ShardLink(child, {
      ...{ log, calendar, sleep, shard: shard.id },
      listener: { ...listener, onConnected },
    });
    log.info('a shard starts', { shard: shard.id, pid: child.pid });
  }
}

/** It connects however long Discord cannot be reached, and discord.js would give it up. */
const WITHOUT_LIMIT = -1;
