import { isRecord } from '../local-server/is-record.ts';
import type { TelegramUpdate } from './telegram-types.ts';

/** One try to hand an update to the bot's webhook. */
export interface Delivery {
  readonly updateId: number;
  readonly url: string;
  /** Status of the bot's answer; 0 where there was none. */
  readonly status: number;
  readonly error?: string;
  readonly body: string;
  readonly at: number;
}

interface WebhookOptions {
  readonly url: string;
  readonly secret: string | undefined;
  /** Where the bot really listens, when the address it told is one of the world outside. */
  readonly origin: () => string | undefined;
  /** How often an update is tried at once before it waits for `redeliver`. */
  readonly attempts: number;
  readonly onDelivery: (delivery: Delivery) => void;
  readonly onAccepted: (updateId: number) => void;
  /** The bot may put a call into its answer. */
  readonly onReply: (method: string, params: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** Posts updates to the bot. Those of one chat go one after another, those of different chats side by side. */
export class Webhook {
  readonly #options: WebhookOptions;
  readonly #stop = new AbortController();
  readonly #chains = new Map<string, Promise<void>>();
  readonly #underway = new Set<number>();
  lastError: { readonly at: number; readonly message: string } | undefined;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  /** Resolves when the update was accepted or given up for now. */
  async deliver(update: TelegramUpdate): Promise<void> {
    if (this.#underway.has(update.update_id)) return;
    this.#underway.add(update.update_id);
    const key = chainOf(update);
    const before = this.#chains.get(key) ?? Promise.resolve();
    const own = before.then(() => this.#try(update));
    this.#chains.set(key, own);
    await own;
  }

  close(): void {
    this.#stop.abort();
  }

  async #try(update: TelegramUpdate): Promise<void> {
    for (let attempt = 1; attempt <= this.#options.attempts; attempt += 1) {
      const delivery = await this.#post(update);
      if (this.#stop.signal.aborted) break;
      const accepted = delivery.status >= 200 && delivery.status < 300;
      if (accepted) this.#options.onAccepted(update.update_id);
      else
        this.lastError = { at: Date.now(), message: delivery.error ?? `Wrong response: ${delivery.status}` };
      this.#options.onDelivery(delivery);
      if (accepted) {
        this.#underway.delete(update.update_id);
        await this.#act(delivery.body);
        return;
      }
    }
    this.#underway.delete(update.update_id);
  }

  async #post(update: TelegramUpdate): Promise<Delivery> {
    const { url, secret } = this.#options;
    const origin = this.#options.origin();
    const told = new URL(url);
    const target = origin ? new URL(told.pathname + told.search, origin) : told;
    const base = { updateId: update.update_id, url, at: performance.now() };
    try {
      const response = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret && { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: this.#stop.signal,
      });
      return { ...base, status: response.status, body: await response.text() };
    } catch (error) {
      return { ...base, status: 0, error: String(error), body: '' };
    }
  }

  async #act(body: string): Promise<void> {
    const reply = parse(body);
    if (!isRecord(reply) || typeof reply['method'] !== 'string') return;
    const { method, ...params } = reply;
    await this.#options.onReply(String(method), params);
  }
}

function chainOf(update: TelegramUpdate): string {
  const { message, ...others } = update;
  if (message) return `chat ${message.chat.id}`;
  const content = Object.values(others).find(isRecord);
  const from = content?.['from'];
  return isRecord(from) ? `user ${String(from['id'])}` : `update ${update.update_id}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
