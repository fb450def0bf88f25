import type { Arrival } from './front.ts';
import { managerMessage, type ShardMessage } from './shard-messages.ts';

/** A shard's way to the process that has started it. */
export class ManagerLink {
  /** Aborts when it asks the shard to stop, and when it is gone. */
  readonly stopped: AbortSignal;
  readonly #process: NodeJS.Process;
  readonly #sending = new Set<Promise<void>>();

  constructor(process: NodeJS.Process) {
    this.#process = process;
    const stop = new AbortController();
    this.stopped = stop.signal;
    process.on('message', (raw) => {
      if (managerMessage.safeParse(raw).success) stop.abort();
    });
    process.on('disconnect', () => stop.abort());
    if (!process.connected) stop.abort();
    // discord.js speaks there, too, and does not ask whether anybody still listens
    process.on('error', () => {});
  }

  /** What somebody asked, and later whether it could be acknowledged. */
  hand({ incoming, acknowledged }: Arrival): void {
    const interactionId = acknowledged?.interactionId ?? null;
    this.send({ kind: 'arrival', incoming, interactionId });
    if (!acknowledged || interactionId === null) return;
    const tell = (taken: boolean) => this.#write({ kind: 'acknowledged', interactionId, taken });
    this.#keep(acknowledged.taken.then(tell));
  }

  send(message: ShardMessage): void {
    this.#keep(this.#write(message));
  }

  /** Resolves when all is sent; nothing can be any more. */
  async close(): Promise<void> {
    while (this.#sending.size > 0) await Promise.all(this.#sending);
    if (this.#process.connected) this.#process.disconnect();
  }

  #keep(sending: Promise<void>): void {
    this.#sending.add(sending);
    sending.then(() => this.#sending.delete(sending));
  }

  /** Never rejects: who is gone is told nothing. */
  #write(message: ShardMessage): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { connected } = this.#process;
    if (connected) this.#process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
    return promise;
  }
}
