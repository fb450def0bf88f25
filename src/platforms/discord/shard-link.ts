import type { ChildProcess } from 'node:child_process';
import type { Calendar, Log, Sleep } from '../../core/chat-ports.ts';
import type { PlatformHealth } from '../chat-platform.ts';
import { wrongFields } from '../wrong-fields.ts';
import type { Arrival, BotFacts } from './front.ts';
import { fatalError, type ShardMessage, STOP, shardMessage } from './shard-messages.ts';

export interface ShardLinkListener {
  /** Something was asked; must not throw. */
  hand(arrival: Arrival): void;
  onConnected(bot: BotFacts): void;
  /** Discord takes this shard no more, and no other. */
  onFatal(error: Error): void;
}

export interface ShardLinkOptions {
  readonly shard: number;
  readonly log: Log;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  readonly listener: ShardLinkListener;
}

interface Pending {
  readonly taken: Promise<boolean>;
  settle(taken: boolean): void;
}

/** A shard that acknowledges for longer has failed at it. */
const ACKNOWLEDGED_MS = 3500;
/** Six times as long as one that is well says nothing about how it is. */
const REPORTED_MS = 30_000;

/** A shard's process, as the one that has started it hears and stops it. */
export class ShardLink {
  /** Resolves when it is gone and everything that it has said was heard. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #options: ShardLinkOptions;
  readonly #pending = new Map<string, Pending>();
  #report: (PlatformHealth & { readonly at: number }) | null = null;

  constructor(child: ChildProcess, options: ShardLinkOptions) {
    this.#child = child;
    this.#options = options;
    child.on('message', (raw) => this.#hear(raw));
    this.ended = this.#end();
  }

  health(): PlatformHealth {
    const report = this.#report;
    if (!report) return { ok: false, detail: 'starts' };
    const { ok, detail, heartbeatAgeMs, at } = report;
    const reportAgeMs = this.#options.calendar() - at;
    if (reportAgeMs > REPORTED_MS) return { ok: false, detail: 'says nothing' };
    return heartbeatAgeMs === undefined
      ? { ok, detail }
      : { ok, detail, heartbeatAgeMs: heartbeatAgeMs + reportAgeMs };
  }

  /** Asks it to stop, and kills it when it has not after so many milliseconds. Resolves when it is gone. */
  async stop(limitMs: number): Promise<void> {
    // without a callback, an error would be an event
    if (this.#child.connected) this.#child.send(STOP, () => {});
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    await this.ended;
    clearTimeout(timer);
  }

  async #end(): Promise<void> {
    const child = this.#child;
    const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
    const { promise: heard, resolve: hangUp } = Promise.withResolvers<void>();
    child.once('exit', () => exit());
    child.once('disconnect', () => hangUp());
    child.on('error', (error) => {
      this.#options.log.error('a shard has failed', { shard: this.#options.shard, error });
      if (child.pid === undefined) exit(); // it never was
    });
    // its last words may come after its exit
    await Promise.all([exited, child.connected && heard]);
    for (const { settle } of [...this.#pending.values()]) settle(true);
  }

  #hear(raw: unknown): void {
    const { shard, log } = this.#options;
    const parsed = shardMessage.safeParse(raw);
    if (parsed.success) {
      this.#take(parsed.data);
      return;
    }
    const wrong = wrongFields(parsed.error).filter((field) => field !== '' && field !== 'kind');
    // else of another kind: discord.js speaks there, too, and a shard may be of another version
    if (wrong.length > 0) log.warn('a word of a shard has an unknown shape', { shard, wrong });
  }

  #take(message: ShardMessage): void {
    const { calendar, listener } = this.#options;
    switch (message.kind) {
      case 'connected':
        listener.onConnected({ username: message.username });
        break;
      case 'arrival': {
        const { incoming, interactionId } = message;
        const acknowledged =
          interactionId === null ? null : { interactionId, taken: this.#expect(interactionId) };
        listener.hand({ incoming, acknowledged });
        break;
      }
      case 'acknowledged':
        this.#pending.get(message.interactionId)?.settle(message.taken);
        break;
      case 'health':
        this.#report = { ...message, at: calendar() };
        break;
      case 'fatal':
        listener.onFatal(fatalError(message));
        break;
    }
  }

  /** Whether Discord may have taken an acknowledgement: also when that is not known in time, for its token shows. */
  #expect(interactionId: string): Promise<boolean> {
    const known = this.#pending.get(interactionId);
    if (known) return known.taken; // it came twice
    const { promise: taken, resolve } = Promise.withResolvers<boolean>();
    const settled = new AbortController();
    const settle = (isTaken: boolean) => {
      this.#pending.delete(interactionId);
      settled.abort();
      resolve(isTaken);
    };
    this.#pending.set(interactionId, { taken, settle });
    this.#options.sleep(ACKNOWLEDGED_MS, settled.signal).then(
      () => settle(true),
      () => {},
    );
    return taken;
  }
}
