import { InteractionType, Routes } from 'discord.js';
import type { Calendar, Log } from '../../core/chat-ports.ts';
import type { Incoming } from '../../core/reception.ts';
import type { PlatformHealth } from '../chat-platform.ts';
import { wrongFields } from '../wrong-fields.ts';
import type { DiscordCaller } from './discord-caller.ts';
import { ALREADY_ACKNOWLEDGED, DiscordRefusal } from './discord-failure.ts';
import { interactionSchema, messageSchema } from './event-schema.ts';
import { DiscordGateway, type DiscordGatewayOptions } from './gateway.ts';
import { type Acknowledgement, EPHEMERAL, intakeInteraction, intakeMessage } from './intake.ts';

/** Something that was asked, and, of an interaction, whether Discord may have taken our acknowledgement. */
export interface Arrival {
  readonly incoming: Incoming;
  readonly acknowledged: { readonly interactionId: string; readonly taken: Promise<boolean> } | null;
}

export interface BotFacts {
  readonly username: string;
}

/** Where events come in: in this process, or in shards of their own. */
export interface DiscordFront {
  /** Resolves when all is connected; `hand` must not throw. Throws what DiscordGateway.start throws. */
  start(hand: (arrival: Arrival) => void): Promise<BotFacts>;
  /** Resolves when it has stopped; rejects when it cannot go on. */
  readonly ended: Promise<void>;
  health(): PlatformHealth;
  /** Nothing comes in any more; resolves when what came in is acknowledged. */
  stop(): Promise<void>;
}

export interface GatewayFrontOptions extends Omit<DiscordGatewayOptions, 'onInteraction' | 'onMessage'> {
  readonly call: DiscordCaller;
  readonly calendar: Calendar;
  readonly log: Log;
}

/** We have neither forms nor suggestions that these could answer. */
const NOT_OURS: readonly unknown[] = [
  InteractionType.Ping,
  InteractionType.ApplicationCommandAutocomplete,
  InteractionType.ModalSubmit,
];

/** Discord does not wait longer; what is left of its three seconds is for the way. */
const ACKNOWLEDGE_MS = 2800;

/** Receives and acknowledges; reads nothing, answers nothing. */
export class GatewayFront implements DiscordFront {
  readonly #options: GatewayFrontOptions;
  readonly #gateway: DiscordGateway;
  readonly #acknowledging = new Set<Promise<boolean>>();
  #hand: (arrival: Arrival) => void = () => {};
  readonly #bot = Promise.withResolvers<{ readonly id: string }>();

  constructor(options: GatewayFrontOptions) {
    this.#options = options;
    this.#gateway = new DiscordGateway({
      ...options,
      onInteraction: (raw) => this.#takeInteraction(raw),
      onMessage: (raw) => this.#takeMessage(raw),
    });
  }

  get ended(): Promise<void> {
    return this.#gateway.ended;
  }

  async start(hand: (arrival: Arrival) => void): Promise<BotFacts> {
    this.#hand = hand;
    const bot = await this.#gateway.start();
    this.#bot.resolve(bot);
    return bot;
  }

  health(): PlatformHealth {
    return this.#gateway.health();
  }

  async stop(): Promise<void> {
    await this.#gateway.stop();
    await Promise.all(this.#acknowledging);
  }

  #takeInteraction(raw: unknown): void {
    const { calendar, log } = this.#options;
    if (NOT_OURS.includes((raw as { readonly type?: unknown }).type)) return;
    const parsed = interactionSchema.safeParse(raw);
    if (!parsed.success) {
      log.warn('an interaction has an unknown shape', { wrong: wrongFields(parsed.error) });
      return;
    }
    const taken = intakeInteraction(parsed.data, calendar());
    if (!taken) return;
    const { incoming, acknowledge } = taken;
    // first of all, for Discord waits three seconds; it is written down in the same turn, while this is being sent
    const acknowledging = this.#acknowledge(acknowledge);
    this.#acknowledging.add(acknowledging);
    acknowledging.then(() => this.#acknowledging.delete(acknowledging));
    const { interactionId } = acknowledge;
    this.#hand({ incoming, acknowledged: { interactionId, taken: acknowledging } });
  }

  async #takeMessage(raw: unknown): Promise<void> {
    const { log } = this.#options;
    const parsed = messageSchema.safeParse(raw);
    if (!parsed.success) {
      log.warn('a message has an unknown shape', { wrong: wrongFields(parsed.error) });
      return;
    }
    // the first may come before it is known who we are
    const { id } = await this.#bot.promise;
    const incoming = intakeMessage(parsed.data, id);
    if (incoming) this.#hand({ incoming, acknowledged: null });
  }

  /** Never rejects. */
  async #acknowledge({ interactionId, token, type, ephemeral }: Acknowledgement): Promise<boolean> {
    const { call, log } = this.#options;
    const path = Routes.interactionCallback(interactionId, token);
    const body = { type, ...(ephemeral && { data: { flags: EPHEMERAL } }) };
    const signal = AbortSignal.timeout(ACKNOWLEDGE_MS);
    try {
      await call('acknowledge', { method: 'POST', path, body, auth: false }, { signal, repeatable: true });
      return true;
    } catch (error) {
      const isRefused = error instanceof DiscordRefusal;
      // an attempt whose answer was lost
      if (isRefused && error.is(ALREADY_ACKNOWLEDGED)) return true;
      log.warn('an interaction could not be acknowledged', { reason: String(error) });
      // what nobody answered may have been taken all the same
      return !isRefused;
    }
  }
}
