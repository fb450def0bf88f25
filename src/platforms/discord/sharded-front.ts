import { fileURLToPath } from 'node:url';
import { ShardingManager } from 'discord.js';
import type { Calendar, Log, Sleep } from '../../core/chat-ports.ts';
import type { PlatformHealth } from '../chat-platform.ts';
import type { DiscordCaller } from './discord-caller.ts';
import type { Arrival, BotFacts, DiscordFront } from './front.ts';
import { recommendedShards } from './recommended-shards.ts';
import { ShardKeeper } from './shard-keeper.ts';

export interface ShardedFrontOptions {
  readonly token: string;
  /** How many processes receive; auto: as many as Discord recommends. */
  readonly shards: number | 'auto';
  readonly call: DiscordCaller;
  readonly calendar: Calendar;
  readonly log: Log;
  readonly sleep: Sleep;
  /** Between the starts of two shards, in milliseconds; as Discord demands it unless told. */
  readonly spawnDelayMs?: number;
  /** How long a shard may take to stop, in milliseconds. */
  readonly stopMs?: number;
}

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
const PRELUDE = new URL('../../prelude.js', import.meta.url).href;

/** Five seconds between two that identify, and half a second for processes that start faster than others. */
const SPAWN_DELAY_MS = 5500;
const STOP_MS = 5000;

/**
 * Receives in processes of their own, one a shard, which discord.js's ShardingManager starts; they read the same settings
 * and acknowledge, and what they receive comes here.
 */
export class ShardedFront implements DiscordFront {
  readonly ended: Promise<void>;
  readonly #options: ShardedFrontOptions;
  readonly #stop = new AbortController();
  readonly #end = Promise.withResolvers<void>();
  #keepers: readonly ShardKeeper[] = [];
  #stopped: Promise<void> | null = null;

  constructor(options: ShardedFrontOptions) {
    this.#options = options;
    this.ended = this.#end.promise;
    this.ended.catch(() => {}); // whoever asks gets it all the same
  }

  /** Resolves when all shards are connected. Throws TokenRefusedError, IntentsRefusedError, the reason of the stop. */
  async start(hand: (arrival: Arrival) => void): Promise<BotFacts> {
    const { shards, sleep, spawnDelayMs = SPAWN_DELAY_MS } = this.#options;
    const { signal } = this.#stop;
    const count = shards === 'auto' ? await recommendedShards(this.#options, signal) : shards;
    signal.throwIfAborted();
    this.#keepers = this.#create(count, hand);
    for (const [place, keeper] of this.#keepers.entries()) {
      if (place > 0) await sleep(spawnDelayMs, signal);
      keeper.run(signal);
    }
    const connected = Promise.all(this.#keepers.map((keeper) => keeper.connected));
    const [bot] = await Promise.race([connected, rejection(signal)]);
    if (!bot) throw new Error('There is no shard.');
    return bot;
  }

  /** Red unless every shard has told in the last half minute that it is well. */
  health(): PlatformHealth {
    if (this.#stop.signal.aborted) return { ok: false, detail: 'stopped' };
    if (this.#keepers.length === 0) return { ok: false, detail: 'not connected yet' };
    const shards = this.#keepers.map(({ health }, shard) => ({ ...health, shard }));
    const ok = shards.every((shard) => shard.ok);
    const told = shards.filter((shard) => (ok ? shard.detail !== RUNNING : !shard.ok));
    const detail = told.map((one) => `shard ${one.shard}: ${one.detail}`).join('; ') || RUNNING;
    const ages = shards.flatMap(({ heartbeatAgeMs = [] }) => heartbeatAgeMs);
    return { ok, detail, ...(ages.length > 0 && { heartbeatAgeMs: Math.max(...ages) }) };
  }

  /** Resolves when no shard's process is left, and all that they received was handed over. */
  stop(): Promise<void> {
    this.#stopped ??= this.#close();
    return this.#stopped;
  }

  async #close(): Promise<void> {
    const { stopMs = STOP_MS } = this.#options;
    this.#stop.abort(new Error('The program stops.'));
    await Promise.all(this.#keepers.map((keeper) => keeper.stop(stopMs)));
    this.#end.resolve();
  }

  #fail(error: Error): void {
    this.#stop.abort(error); // none is started any more
    this.#end.reject(error);
  }

  #create(count: number, hand: (arrival: Arrival) => void): readonly ShardKeeper[] {
    const { token, log, calendar, sleep } = this.#options;
    const manager = new ShardingManager(MAIN, {
      mode: 'process',
      totalShards: count,
      execArgv: ['--import', PRELUDE],
      token,
      respawn: false, // ShardKeeper does it
    });
    const listener = { hand, onFatal: (error: Error) => this.#fail(error) };
    return Array.from({ length: count }, (_, id) => {
      const shard = manager.createShard(id);
      shard.args = ['shard', String(id)];
      shard.env = Object.fromEntries(
        Object.entries(shard.env ?? {}).filter(([name]) => !NOT_FOR_SHARDS.test(name)),
      );
      return new ShardKeeper({ shard, log, calendar, sleep, listener });
    });
  }
}

/** They only receive from Discord. */
const NOT_FOR_SHARDS = /^(AWS_|OPENAI_|YOUTUBE_|TELEGRAM_|SIGNING_SECRET$|SECRETS_PREFIX$)/;

/** What a shard that is well says. */
const RUNNING = 'running';

/** Rejects with the signal's reason when it aborts. */
function rejection(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason));
  if (signal.aborted) reject(signal.reason);
  return promise;
}
