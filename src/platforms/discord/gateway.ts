import { type GatewayDispatchPayload, type IIdentifyThrottler, RateLimitError } from 'discord.js';
import type { Calendar, Log, Sleep } from '../../core/chat-ports.ts';
import type { PlatformHealth } from '../chat-platform.ts';
import { untilReached } from '../until-reached.ts';
import { isFinal } from './close-error.ts';
import {
  type BotUser,
  connectGateway,
  type GatewayConnection,
  type GatewayListener,
} from './connect-gateway.ts';
import { ShardWatch } from './shard-watch.ts';

export interface DiscordGatewayOptions {
  readonly token: string;
  /** Without the version, and without a slash at its end. */
  readonly apiUrl: string;
  /** auto: as many as Discord recommends, all here; given: those that a ShardingManager has set for this process. */
  readonly shards: 'auto' | 'given';
  readonly log: Log;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  /** Called for each as it came, from the start on until the stop; what it throws is logged. */
  onInteraction(raw: unknown): void | Promise<void>;
  /** As onInteraction, for messages: people's, bots' and its own. */
  onMessage(raw: unknown): void | Promise<void>;
  /** How long the gateway may acknowledge nothing, in milliseconds; three of Discord's heartbeats unless told. */
  readonly silenceMs?: number;
  /** When shards may identify; as Discord demands it, five seconds after another, unless told. */
  readonly identifyThrottler?: IIdentifyThrottler;
}

const SILENCE_MS = 120_000;

/** The connection to Discord's gateway, on which people's messages and interactions come; discord.js keeps it. */
export class DiscordGateway {
  /**
   * Resolves when it was stopped. Rejects when the gateway closes for good: TokenRefusedError, IntentsRefusedError,
   * GatewayClosedError.
   */
  readonly ended: Promise<void>;
  readonly #options: DiscordGatewayOptions;
  readonly #stop = new AbortController();
  readonly #end = Promise.withResolvers<void>();
  #starting: Promise<unknown> = Promise.resolve();
  #stopped: Promise<void> | null = null;
  #connection: GatewayConnection | null = null;
  #watch: ShardWatch | null = null;

  constructor(options: DiscordGatewayOptions) {
    this.#options = options;
    this.ended = this.#end.promise;
    this.ended.catch(() => {}); // whoever asks gets it all the same
  }

  /**
   * Connects, however long Discord cannot be reached. Resolves with the bot's own user when all shards are connected.
   * Throws TokenRefusedError, IntentsRefusedError, GatewayClosedError; the reason of the stop.
   */
  start(): Promise<BotUser> {
    const started = this.#connect();
    this.#starting = started.catch(() => {});
    return started;
  }

  health(): PlatformHealth {
    if (this.#stopped) return { ok: false, detail: 'stopped' };
    const { silenceMs = SILENCE_MS } = this.#options;
    return this.#watch?.health(silenceMs) ?? { ok: false, detail: 'not connected yet' };
  }

  /** Resolves when all connections are closed; they stay so. */
  stop(): Promise<void> {
    this.#stopped ??= this.#close();
    return this.#stopped;
  }

  async #close(): Promise<void> {
    this.#stop.abort(new Error('The program stops.'));
    await this.#starting;
    await this.#connection?.close();
    this.#end.resolve();
  }

  #connect(): Promise<BotUser> {
    const { sleep, log } = this.#options;
    const pauseOf = (error: unknown) => (error instanceof RateLimitError ? error.retryAfter : 0);
    const options = { name: 'Discord', isFinal, pauseOf, log, sleep };
    return untilReached(() => this.#connectOnce(), options, this.#stop.signal);
  }

  async #connectOnce(): Promise<BotUser> {
    const { token, apiUrl, shards, identifyThrottler, calendar, log } = this.#options;
    const watch = new ShardWatch(calendar, log);
    const listener = this.#listen(watch);
    const connection = await connectGateway(
      { token, apiUrl, shards, identifyThrottler, log, listener },
      this.#stop.signal,
    );
    this.#connection = connection;
    this.#watch = watch;
    const { bot } = connection;
    log.info('the gateway is connected', { bot: bot.username, shards: watch.size });
    return bot;
  }

  #listen(watch: ShardWatch): GatewayListener {
    const { signal } = this.#stop;
    return {
      onDispatch: (payload, shard) => {
        if (!signal.aborted) this.#dispatch(payload, watch, shard);
      },
      onHeartbeat: (shard) => watch.heartbeat(shard),
      onReconnecting(shard) {
        if (!signal.aborted) watch.reconnecting(shard);
      },
      onError: (shard, error) => watch.failed(shard, error),
      onClosed: (shard, error) => {
        watch.closed(shard, error);
        this.#end.reject(error);
      },
    };
  }

  #dispatch(payload: GatewayDispatchPayload, watch: ShardWatch, shard: number): void {
    const { onInteraction, onMessage } = this.#options;
    const { t } = payload;
    if (t === 'READY' || t === 'RESUMED') watch.connected(shard, t === 'RESUMED');
    else if (t === 'INTERACTION_CREATE') this.#hand(onInteraction, payload);
    else if (t === 'MESSAGE_CREATE') this.#hand(onMessage, payload);
  }

  async #hand(
    handle: (raw: unknown) => void | Promise<void>,
    { t, d }: GatewayDispatchPayload,
  ): Promise<void> {
    try {
      await handle(d);
    } catch (error) {
      this.#options.log.error('an event was passed over', { event: t, error });
    }
  }
}
