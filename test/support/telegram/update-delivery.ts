import type { Method } from './method.ts';
import { Refusal, violation } from './refusal.ts';
import { type Delivery, Webhook } from './webhook.ts';
import type { World } from './world.ts';

const SECRET = /^[\w-]{1,256}$/;

interface DeliveryOptions {
  readonly attempts: number;
  readonly origin: () => string | undefined;
  readonly onReply: (method: string, params: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** How updates reach the bot: it polls, or it has set a webhook. */
export class UpdateDelivery {
  readonly deliveries: Delivery[] = [];
  readonly #world: World;
  readonly #options: DeliveryOptions;
  #webhook: Webhook | undefined;

  constructor(world: World, options: DeliveryOptions) {
    this.#world = world;
    this.#options = options;
    world.updates.onPush = (update) => {
      if (!this.#webhook) return false;
      void this.#webhook.deliver(update);
      return true;
    };
  }

  readonly methods: Readonly<Record<string, Method>> = {
    getUpdates: async ({ params, world, gone }) => {
      if (this.#webhook) {
        throw new Refusal(
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
          { code: 409 },
        );
      }
      return await world.updates.poll(params, gone);
    },
    setWebhook: ({ params }) => {
      this.#drop(params['drop_pending_updates']);
      this.#allow(params['allowed_updates']);
      this.#set(String(params['url']), params['secret_token']);
      return true;
    },
    deleteWebhook: ({ params }) => {
      this.#drop(params['drop_pending_updates']);
      this.#set('', undefined);
      return true;
    },
    getWebhookInfo: ({ world: { updates } }) => {
      const { url = '', lastError } = this.#webhook ?? {};
      return {
        url,
        has_custom_certificate: false,
        pending_update_count: updates.pending.length,
        ...(lastError && {
          last_error_date: Math.floor(lastError.at / 1000),
          last_error_message: lastError.message,
        }),
        ...(updates.allowed && { allowed_updates: updates.allowed }),
      };
    },
  };

  /** Tries all updates again that the webhook has not taken. Resolves when each was taken or given up once more. */
  async redeliver(): Promise<void> {
    const webhook = this.#webhook;
    if (!webhook) throw new Error('no webhook is set');
    await Promise.all(this.#world.updates.pending.map((update) => webhook.deliver(update)));
  }

  close(): void {
    this.#webhook?.close();
    this.#webhook = undefined;
  }

  #set(url: string, secret: unknown): void {
    if (secret !== undefined && !SECRET.test(String(secret))) {
      throw violation('secret token contains unallowed characters');
    }
    if (url !== '' && !/^https:\/\/|^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(url)) {
      throw violation('bad webhook: An HTTPS URL must be provided for webhook');
    }
    this.close();
    if (url === '') return;
    this.#webhook = new Webhook({
      url,
      secret: secret === undefined ? undefined : String(secret),
      ...this.#options,
      onAccepted: (updateId) => this.#world.updates.confirm(updateId),
      onDelivery: (delivery) => {
        this.deliveries.push(delivery);
        this.#world.log.changed();
      },
    });
    this.#world.updates.resume();
  }

  #drop(wanted: unknown): void {
    if (wanted === true) this.#world.updates.clear();
  }

  #allow(kinds: unknown): void {
    if (Array.isArray(kinds)) this.#world.updates.allowed = kinds.map(String);
  }
}
