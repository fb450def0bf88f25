import type { Calendar, Log } from '../../core/chat-ports.ts';
import type { PlatformHealth } from '../chat-platform.ts';

interface Watched {
  state: 'connected' | 'reconnecting' | 'closed';
  /** When it was connected or acknowledged a heartbeat, milliseconds since 1970. */
  heardAt: number;
  /** What went wrong last since it was connected. */
  failure: string | null;
}

/** Keeps an eye on the shards, and tells in the log how they do. */
export class ShardWatch {
  readonly #calendar: Calendar;
  readonly #log: Log;
  readonly #shards = new Map<number, Watched>();

  constructor(calendar: Calendar, log: Log) {
    this.#calendar = calendar;
    this.#log = log;
  }

  /** How many shards have been connected. */
  get size(): number {
    return this.#shards.size;
  }

  /** Resumed: with the session that it had, so that it has missed nothing. */
  connected(shard: number, resumed: boolean): void {
    if (this.#shards.has(shard)) this.#log.info('the gateway is back', { shard, resumed });
    this.#shards.set(shard, { state: 'connected', heardAt: this.#calendar(), failure: null });
  }

  heartbeat(shard: number): void {
    const watched = this.#shards.get(shard);
    if (watched) watched.heardAt = this.#calendar();
  }

  reconnecting(shard: number): void {
    const watched = this.#shards.get(shard);
    if (watched?.state !== 'connected') return; // discord.js tries twice a second
    watched.state = 'reconnecting';
    this.#log.warn('the gateway reconnects', { shard });
  }

  failed(shard: number, error: Error): void {
    const watched = this.#shards.get(shard);
    const failure = String(error);
    if (!watched || watched.state === 'closed' || watched.failure === failure) return;
    watched.failure = failure;
    this.#log.warn('the gateway fails', { shard, reason: failure });
  }

  /** For good. */
  closed(shard: number, error: Error): void {
    const watched = this.#shards.get(shard);
    if (watched) watched.state = 'closed';
    this.#log.error('the gateway has closed', { shard, reason: String(error) });
  }

  /** Red when a shard is closed, or has not been heard of for longer than `silenceMs`, connected or not. */
  health(silenceMs: number): PlatformHealth {
    const shards = [...this.#shards.values()];
    if (shards.some(({ state }) => state === 'closed')) return { ok: false, detail: 'closed by Discord' };
    const now = this.#calendar();
    const heartbeatAgeMs = Math.max(...shards.map(({ heardAt }) => now - heardAt));
    if (heartbeatAgeMs > silenceMs) {
      return { ok: false, detail: 'the gateway does not answer', heartbeatAgeMs };
    }
    const isRunning = shards.every(({ state }) => state === 'connected');
    return { ok: true, detail: isRunning ? 'running' : 'reconnecting', heartbeatAgeMs };
  }
}
