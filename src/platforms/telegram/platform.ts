import { Telegraf } from 'telegraf';
import type { Update, UserFromGetMe } from 'telegraf/types';
import type { Card } from '../../core/card.ts';
import type { Platform } from '../../core/chat-ports.ts';
import type { Receive } from '../../core/reception.ts';
import { StorageError } from '../../core/storage-error.ts';
import type { Language } from '../../core/types.ts';
import type { ChatPlatform, PlatformTools } from '../chat-platform.ts';
import { TokenRefusedError } from '../token-refused-error.ts';
import { untilReached } from '../until-reached.ts';
import { wrongFields } from '../wrong-fields.ts';
import { createTelegramImageSource } from './image-source.ts';
import { intake } from './intake.ts';
import { setMenus } from './menus.ts';
import { createTelegramOutlet } from './outlet.ts';
import { type PollHealth, pollUpdates, type RawUpdate } from './poll-updates.ts';
import { renderCard } from './render.ts';
import { postCard } from './send-card.ts';
import { createTelegramCaller, type TelegramCaller } from './telegram-caller.ts';
import { TelegramRefusal } from './telegram-failure.ts';
import { UPDATE_KINDS, updateSchema } from './update-schema.ts';
import { WebhookRefusedError } from './webhook-refused-error.ts';

export interface TelegramPlatformOptions extends PlatformTools {
  readonly token: string;
  readonly apiRoot: string;
  /** null: long polling. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly defaultLanguage: Language;
}

const LONG_POLL_LIMIT_MS = 65_000;
/** Longer than a long poll and a pause after it. */
const SILENCE_MS = 120_000;

/** Telegram, from its updates to its messages; telegraf speaks the protocol. */
export class TelegramPlatform implements ChatPlatform {
  readonly imageSource: Platform['imageSource'];
  readonly outlet: Platform['outlet'];
  readonly showsPhoto = false;
  readonly #options: TelegramPlatformOptions;
  readonly #bot: Telegraf;
  readonly #call: TelegramCaller;
  readonly #stop = new AbortController();
  readonly #health: PollHealth;
  #state: 'starting' | 'running' = 'starting';
  #polling: Promise<void> = Promise.resolve();
  #receive: Receive | null = null;

  constructor(options: TelegramPlatformOptions) {
    const { token, apiRoot, encode, telemetry, clock, sleep } = options;
    this.#options = options;
    this.#bot = new Telegraf(token, { telegram: { apiRoot, webhookReply: false } });
    this.#call = createTelegramCaller({ telegram: this.#bot.telegram, telemetry, sleep });
    this.imageSource = createTelegramImageSource({ call: this.#call, apiRoot, token, telemetry, sleep });
    this.outlet = createTelegramOutlet({ call: this.#call, encode });
    this.#health = { lastAnswer: clock(), isBlocked: false };
    this.#bot.use(({ update }) => this.#accept(update));
    // what the inbox refuses is the poll loop's or the webhook's to try again
    this.#bot.catch((error) => {
      throw error;
    });
  }

  /**
   * Connects, however long Telegram cannot be reached; from then on `receive` gets what people ask. Resolves when updates
   * flow. Throws TokenRefusedError, WebhookRefusedError, the signal's reason.
   */
  async start(receive: Receive): Promise<void> {
    const { log, defaultLanguage, webhook, clock } = this.#options;
    const { signal } = this.#stop;
    this.#receive = receive;
    const bot = await this.#untilReached((options) => this.#call<UserFromGetMe>('getMe', {}, options));
    this.#bot.botInfo = bot;
    if (webhook) {
      const { url, secret } = webhook;
      const payload = { url, secret_token: secret, allowed_updates: UPDATE_KINDS };
      await this.#untilReached((options) => this.#call('setWebhook', payload, options)).catch((error) => {
        throw error instanceof TelegramRefusal ? new WebhookRefusedError({ cause: error }) : error;
      });
    } else {
      await this.#untilReached((options) => this.#call('deleteWebhook', {}, options));
      this.#polling = pollUpdates(this.#pollOptions(), signal);
      this.#polling.catch(() => {}); // `ended` tells
    }
    this.#state = 'running';
    this.#health.lastAnswer = clock(); // the first poll may last, and the start may have taken longer than that
    const mode = webhook ? 'webhook' : 'long polling';
    log.info('Telegram is on', { bot: bot.username, mode, inline: bot.supports_inline_queries });
    setMenus(this.#call, defaultLanguage, signal).catch((error: unknown) => {
      if (!signal.aborted) log.warn('the menus could not be set', { reason: String(error) });
    });
  }

  /** Resolves when it has stopped. Throws OtherPollerError. */
  get ended(): Promise<void> {
    return this.#polling;
  }

  /** An update that came by the webhook; resolves once it is taken in. */
  async handle(update: unknown): Promise<void> {
    if (this.#state !== 'running') throw new Error('Telegram is not on yet.');
    try {
      await this.#bot.handleUpdate(update as Update);
      this.#health.isBlocked = false;
    } catch (error) {
      this.#health.isBlocked = true;
      throw error;
    }
  }

  async tell(recipient: string, card: Card, signal: AbortSignal): Promise<void> {
    const address = { chatId: Number(recipient), threadId: null, replyTo: null, callbackId: null };
    await postCard(this.#call, address, renderCard(card, this.#options.encode), signal);
  }

  health(): { readonly ok: boolean; readonly detail: string } {
    const { clock, webhook } = this.#options;
    if (this.#state === 'starting') return { ok: false, detail: 'not connected yet' };
    if (this.#health.isBlocked) return { ok: false, detail: 'updates cannot be written down' };
    const silent = !webhook && clock() - this.#health.lastAnswer > SILENCE_MS;
    return silent ? { ok: false, detail: 'Telegram does not answer' } : { ok: true, detail: this.#state };
  }

  /** Takes no more updates; resolves when those that were taken in are confirmed. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The program stops.'));
    await this.#polling.catch(() => {});
  }

  async #accept(update: Update): Promise<void> {
    const { log, calendar } = this.#options;
    const parsed = updateSchema.safeParse(update);
    if (!parsed.success) {
      const wrong = wrongFields(parsed.error);
      log.warn('an update has an unknown shape', { update: update.update_id, wrong });
      return;
    }
    const { id, username } = this.#bot.botInfo as UserFromGetMe;
    try {
      const incoming = intake(parsed.data, { id, username }, calendar());
      if (incoming) await this.#receive?.(incoming);
    } catch (error) {
      if (error instanceof StorageError) throw error; // to be delivered again
      log.error('an update was passed over', { update: update.update_id, error });
    }
  }

  #pollOptions(): Parameters<typeof pollUpdates>[0] {
    const { clock, sleep, log } = this.#options;
    return {
      getUpdates: (offset, timeout, limit, signal) =>
        this.#call<RawUpdate[]>(
          'getUpdates',
          { offset, timeout, limit, allowed_updates: UPDATE_KINDS },
          { signal, repeatable: false, limitMs: LONG_POLL_LIMIT_MS },
        ),
      accept: (update) => this.#bot.handleUpdate(update as Update),
      health: this.#health,
      clock,
      sleep,
      log,
    };
  }

  #untilReached<Result>(
    act: (options: { signal: AbortSignal; repeatable: true }) => Promise<Result>,
  ): Promise<Result> {
    const { sleep, log } = this.#options;
    const { signal } = this.#stop;
    const isFinal = (error: unknown) =>
      error instanceof TokenRefusedError || error instanceof TelegramRefusal;
    const options = { name: 'Telegram', isFinal, pauseOf: () => 0, log, sleep };
    return untilReached(() => act({ signal, repeatable: true }), options, signal);
  }
}
