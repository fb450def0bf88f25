import { Routes } from 'discord.js';
import type { Card } from '../../core/card.ts';
import type { Platform } from '../../core/chat-ports.ts';
import type { Receive } from '../../core/reception.ts';
import { StorageError } from '../../core/storage-error.ts';
import type { ChatPlatform, PlatformHealth, PlatformTools } from '../chat-platform.ts';
import { RecentMap } from '../recent-map.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { postInChannel } from './channel-message.ts';
import type { DiscordCaller } from './discord-caller.ts';
import type { Arrival, DiscordFront } from './front.ts';
import { createDiscordImageSource } from './image-source.ts';
import { createDiscordOutlet } from './outlet.ts';

export interface DiscordPlatformOptions extends Omit<PlatformTools, 'clock'> {
  readonly front: DiscordFront;
  readonly call: DiscordCaller;
  /** host or host:port of those that pictures are fetched from. */
  readonly cdnHosts: readonly string[];
}

const DISK_PAUSE_MS = 2000;
const ABANDON_MS = 5000;

/** Discord, from its events to its messages; discord.js speaks the protocol. */
export class DiscordPlatform implements ChatPlatform {
  readonly imageSource: Platform['imageSource'];
  readonly outlet: Platform['outlet'];
  readonly showsPhoto = true;
  readonly #options: DiscordPlatformOptions;
  readonly #acknowledgements = new Acknowledgements();
  readonly #stop = new AbortController();
  readonly #receiving = new Set<Promise<void>>();
  /** Those that could not be written down yet. */
  readonly #blocked = new Set<unknown>();

  constructor(options: DiscordPlatformOptions) {
    const { call, cdnHosts, encode, telemetry, calendar, sleep } = options;
    this.#options = options;
    this.imageSource = createDiscordImageSource({ call, cdnHosts, telemetry, sleep });
    this.outlet = createDiscordOutlet({ call, encode, acknowledgements: this.#acknowledgements, calendar });
  }

  /**
   * Connects, however long Discord cannot be reached; from then on `receive` gets what people ask. Resolves when events
   * flow. Throws TokenRefusedError, IntentsRefusedError, the reason of the stop.
   */
  async start(receive: Receive): Promise<void> {
    const { front, log } = this.#options;
    const { username } = await front.start((arrival) => this.#take(arrival, receive));
    log.info('Discord is on', { bot: username });
  }

  /** Resolves when it has stopped. Throws TokenRefusedError, IntentsRefusedError. */
  get ended(): Promise<void> {
    return this.#options.front.ended;
  }

  async tell(recipient: string, card: Card, signal: AbortSignal): Promise<void> {
    const { call, calendar, encode } = this.#options;
    const path = Routes.userChannels();
    const open = { method: 'POST', path, body: { recipient_id: recipient } } as const;
    const { id: channelId } = await call<{ id: string }>('open chat', open, { signal, repeatable: true });
    const post = { channelId, nonce: `${calendar()}`, card, more: {} };
    const tools = { call, encode, acknowledgements: this.#acknowledgements, calendar };
    await postInChannel(post, { ...tools, files: new RecentMap() }, signal);
  }

  health(): PlatformHealth {
    if (this.#blocked.size > 0) return { ok: false, detail: 'events cannot be written down' };
    return this.#options.front.health();
  }

  /** Takes no more events; resolves when those that came are written down, or cannot be. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The program stops.'));
    await this.#options.front.stop();
    await Promise.all(this.#receiving);
  }

  #take({ incoming, acknowledged }: Arrival, receive: Receive): void {
    if (acknowledged) this.#acknowledgements.add(acknowledged.interactionId, acknowledged.taken);
    const receiving: Promise<void> = this.#receive(incoming, receive).finally(() => {
      this.#receiving.delete(receiving);
    });
    this.#receiving.add(receiving);
  }

  /** Never rejects. */
  async #receive(incoming: Arrival['incoming'], receive: Receive): Promise<void> {
    try {
      const received = await this.#untilWritten(() => receive(incoming));
      if (received === 'accepted') return;
    } catch (error) {
      // one that a fault of ours stopped may be accepted all the same
      if (!this.#stop.signal.aborted) return this.#options.log.error('an event was passed over', { error });
    }
    await this.outlet.abandon(incoming.request, AbortSignal.timeout(ABANDON_MS));
  }

  /** Again and again while the disk refuses it: Discord will not send it again. */
  async #untilWritten<T>(write: () => Promise<T>): Promise<T> {
    const { log, sleep } = this.#options;
    try {
      for (let attempt = 0; ; attempt++) {
        try {
          return await write();
        } catch (error) {
          if (!(error instanceof StorageError)) throw error;
          log.error('an event cannot be written down', { error, attempt });
        }
        this.#blocked.add(write);
        await sleep(DISK_PAUSE_MS, this.#stop.signal);
      }
    } finally {
      this.#blocked.delete(write);
    }
  }
}
