import {
  type Call,
  CallLog,
  type CallMatch,
  type Violation,
  type WaitOptions,
} from '../local-server/call-log.ts';
import type { FaultHandle } from '../local-server/fault-queue.ts';
import { LocalServer } from '../local-server/local-server.ts';
import { CallServer } from './call-server.ts';
import type { SeenMessage } from './message-store.ts';
import { settingOf } from './setup-methods.ts';
import type { TelegramFaultRequest } from './telegram-faults.ts';
import type { TelegramUpdate, TelegramUser } from './telegram-types.ts';
import { UpdateDelivery } from './update-delivery.ts';
import { UserActions } from './user-actions.ts';
import type { Delivery } from './webhook.ts';
import { World } from './world.ts';

const TOKEN = `123456789:${'AAFakeTokenForTestsOnly'.padEnd(35, '0')}`;
const ATTEMPTS = 3;

export interface FakeBotApiOptions {
  readonly token?: string;
  readonly bot?: { readonly id?: number; readonly username?: string; readonly firstName?: string };
  /** How often a webhook is tried at once before it waits for `redeliver`; 3 unless told. */
  readonly webhookAttempts?: number;
}

/** Starts a Bot API server on a free port of this machine. */
export async function startFakeBotApi(options: FakeBotApiOptions = {}): Promise<FakeBotApi> {
  const {
    token = TOKEN,
    bot: { id = Number.parseInt(token, 10), username = 'vibe_test_bot', firstName = 'Vibe' } = {},
  } = options;
  const bot: TelegramUser = { id, is_bot: true, first_name: firstName, username };
  const fake = new FakeBotApi(new World(bot, new CallLog(['getUpdates'])), token, options);
  await fake.listen();
  return fake;
}

/**
 * Telegram as the bot sees it: a server to call, and people who write to the bot.
 * Calls are held against the Bot API's specification and its limits; what breaks them is in `violations`.
 */
export class FakeBotApi extends UserActions {
  /** Where webhooks go in place of the host the bot has told: `http://127.0.0.1:8080`. */
  webhookOrigin: string | undefined;
  readonly #server: LocalServer;
  readonly #calls: CallServer;
  readonly #delivery: UpdateDelivery;

  constructor(world: World, token: string, options: FakeBotApiOptions) {
    super(world);
    this.#delivery = new UpdateDelivery(world, {
      attempts: options.webhookAttempts ?? ATTEMPTS,
      origin: () => this.webhookOrigin,
      onReply: (method, params) => this.#calls.runReply(method, params),
    });
    this.#calls = new CallServer(world, token, this.#delivery.methods);
    this.#server = new LocalServer((request, response) => this.#calls.serve(request, response));
  }

  get token(): string {
    return this.#calls.token;
  }

  /** Gives the bot another token: no call goes with the last one any more. */
  replaceToken(): string {
    this.#calls.token = `${this.bot.id}:${'BBNewTokenForTestsOnly'.padEnd(35, '1')}`;
    return this.token;
  }

  /** For telegraf's `telegram.apiRoot`. */
  get url(): string {
    return this.#server.origin;
  }

  get bot(): TelegramUser {
    return this.world.bot;
  }

  /** Every call in order of arrival, `getUpdates` and downloads (`file`) among them. */
  get calls(): readonly Call[] {
    return this.world.log.calls;
  }

  /** The calls of one method; without a name, all but `getUpdates`. */
  callsOf(method?: string): readonly Call[] {
    return this.calls.filter((call) => (method ? call.method === method : call.method !== 'getUpdates'));
  }

  /** Every refusal for breaking the specification or a limit. */
  get violations(): readonly Violation[] {
    return this.world.log.violations;
  }

  /** The first call that fits, past or to come. Rejects when the time is over, and tells what calls there were. */
  async waitForCall(match: CallMatch, options?: WaitOptions): Promise<Call> {
    return await this.world.log.waitForCall(match, options);
  }

  /** Waits until the predicate holds; it is asked after every call and every delivery. */
  async waitUntil(predicate: () => unknown, options?: WaitOptions): Promise<void> {
    await this.world.log.waitUntil(predicate, options);
  }

  /** A message as it is now. Throws where there never was one. */
  message(chatId: number, messageId: number): SeenMessage {
    const message = this.world.messages.look(chatId, messageId);
    if (!message) throw new Error(`there is no message ${messageId} in chat ${chatId}`);
    return message;
  }

  /** All messages of a chat, oldest first; those from people and those deleted, too. */
  messagesIn(chatId: number): readonly SeenMessage[] {
    return this.world.messages.all(chatId);
  }

  /** A message that somebody has sent inline by choosing a result. */
  inlineMessage(inlineMessageId: string): SeenMessage | undefined {
    return this.world.messages.inline(inlineMessageId);
  }

  /** What the bot has set: `commands`, `name`, `description`, `short_description`. */
  setting(kind: string, params: { readonly scope?: object; readonly language_code?: string } = {}): unknown {
    return settingOf(this.world, kind, params);
  }

  get confirmedOffset(): number {
    return this.world.updates.confirmedOffset;
  }

  /** Updates the bot has not confirmed yet. */
  pendingUpdates(): readonly TelegramUpdate[] {
    return this.world.updates.pending;
  }

  /** Updates of kinds the bot has not asked for in `allowed_updates`: it never gets them. */
  filteredUpdates(): readonly TelegramUpdate[] {
    return this.world.updates.filtered;
  }

  /** Delivers an update once more, confirmed or not. */
  repeatUpdate(updateId: number): void {
    this.world.updates.repeat(updateId);
  }

  /** Keeps updates back, so that several come together or in another order. */
  pauseUpdates(): void {
    this.world.updates.pause();
  }

  /** Lets them go; those named in `order` first and in that order, each of them once, whatever is confirmed. */
  resumeUpdates(order: readonly number[] = []): void {
    this.world.updates.resume(order);
  }

  /** Every try to hand an update to the webhook. */
  get deliveries(): readonly Delivery[] {
    return this.#delivery.deliveries;
  }

  /** Tries again what the webhook has not taken. */
  async redeliver(): Promise<void> {
    await this.#delivery.redeliver();
  }

  /** Lets the next call (or `times` calls) of a method, or the next download (`file`), go wrong. */
  fail(request: TelegramFaultRequest): FaultHandle {
    return this.#calls.faults.add(request);
  }

  /** Holds every call of a method until the function it returns is called. */
  hold(method: string): () => void {
    const { release } = this.fail({ method, kind: 'stall', times: Number.POSITIVE_INFINITY });
    return release;
  }

  /** Answers 429 to more posts to one group than this in a minute, or in a time of the test's own. */
  limitGroupPosts(posts = 20, windowMs = 60_000): void {
    this.world.groupLimit = { posts, windowMs };
  }

  async listen(): Promise<void> {
    await this.#server.listen();
  }

  async close(): Promise<void> {
    this.#delivery.close();
    this.#calls.faults.close();
    await this.#server.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
