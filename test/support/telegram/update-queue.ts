import { Refusal } from './refusal.ts';
import type { TelegramUpdate } from './telegram-types.ts';

interface Queued {
  readonly update: TelegramUpdate;
  /** Handed out once, whatever the offset says: an update repeated or out of order. */
  readonly once: boolean;
}

interface Poll {
  readonly offset?: number;
  readonly limit?: number;
  /** In seconds. */
  readonly timeout?: number;
  readonly allowed_updates?: readonly string[];
}

const FIRST_ID = 100_000_001;
const NOT_BY_DEFAULT: ReadonlySet<string> = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);
const CONFLICT =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

/** Another client fetches updates, too. */
export function pollingConflict(): Refusal {
  return new Refusal(CONFLICT, { code: 409 });
}

/** The updates that wait for the bot, and the long poll that waits for them. */
export class UpdateQueue {
  readonly #known = new Map<number, TelegramUpdate>();
  /** Updates of kinds the bot has not asked for: Telegram never delivers them. */
  readonly filtered: TelegramUpdate[] = [];
  allowed: readonly string[] | undefined;
  /** Called when there is something to deliver; true says that somebody else than a poll takes care of it. */
  onPush: (update: TelegramUpdate) => boolean = () => false;
  #queue: Queued[] = [];
  #nextId = FIRST_ID;
  #offset = 0;
  #paused = false;
  #waiter: { readonly wake: () => void; readonly fail: (error: Error) => void } | undefined;

  /** All updates below this id are confirmed. */
  get confirmedOffset(): number {
    return this.#offset;
  }

  get pending(): readonly TelegramUpdate[] {
    return this.#queue.map(({ update }) => update);
  }

  push<Content extends object>(content: Content): Content & TelegramUpdate {
    const update = { update_id: this.#nextId, ...content };
    this.#nextId = Math.max(this.#nextId, update.update_id) + 1;
    this.#known.set(update.update_id, update);
    if (this.#wants(update)) this.#enqueue({ update, once: false });
    else this.filtered.push(update);
    return update;
  }

  repeat(updateId: number): void {
    this.#enqueue({ update: this.#get(updateId), once: true });
  }

  pause(): void {
    this.#paused = true;
  }

  /** Lets updates out again; with an order, those named come first and in that order, confirmed or not. */
  resume(order: readonly number[] = []): void {
    const named = order.map((id) => ({ update: this.#get(id), once: true }));
    const others = this.#queue.filter(({ update }) => !order.includes(update.update_id));
    this.#queue = [...named, ...others];
    this.#paused = false;
    for (const { update } of [...this.#queue]) this.onPush(update);
    this.#waiter?.wake();
  }

  /** Drops an update that was delivered some other way than by a poll. */
  confirm(updateId: number): void {
    const index = this.#queue.findIndex(({ update }) => update.update_id === updateId);
    if (index !== -1) this.#queue.splice(index, 1);
  }

  clear(): void {
    this.#queue = [];
  }

  /** Answers `getUpdates`: at once where there is something, else when there is or the time is over. */
  async poll(
    { offset = 0, limit = 100, timeout = 0, allowed_updates }: Poll,
    gone: AbortSignal,
  ): Promise<object[]> {
    this.#waiter?.fail(pollingConflict());
    this.#waiter = undefined;
    if (allowed_updates) this.allowed = allowed_updates;
    this.#confirmBelow(offset);
    const { promise, resolve, reject } = Promise.withResolvers<object[]>();
    const answer = () => resolve(this.#take(limit));
    if (timeout === 0 || this.#available > 0) answer();
    const timer = setTimeout(answer, timeout * 1000);
    const waiter = { wake: answer, fail: reject };
    this.#waiter = waiter;
    gone.addEventListener('abort', () => reject(new Refusal('the client is gone')));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      if (this.#waiter === waiter) this.#waiter = undefined;
    }
  }

  get #available(): number {
    return this.#paused ? 0 : this.#queue.length;
  }

  #take(limit: number): TelegramUpdate[] {
    // a poll that was answered waits no longer, though its promise has yet to be looked at
    this.#waiter = undefined;
    const taken = this.#paused ? [] : this.#queue.slice(0, Math.min(Math.max(limit, 1), 100));
    this.#queue = this.#queue.filter((queued) => !(queued.once && taken.includes(queued)));
    return taken.map(({ update }) => update);
  }

  #confirmBelow(offset: number): void {
    // a negative offset counts from the end and forgets what is before
    const last = this.#queue.at(offset)?.update.update_id;
    const below = offset < 0 ? (last ?? 0) : offset;
    this.#queue = this.#queue.filter(({ update, once }) => once || update.update_id >= below);
    this.#offset = Math.max(this.#offset, below);
  }

  #enqueue(queued: Queued): void {
    this.#queue.push(queued);
    if (this.#paused || this.onPush(queued.update)) return;
    this.#waiter?.wake();
  }

  #wants(update: TelegramUpdate): boolean {
    const kind = Object.keys(update).find((key) => key !== 'update_id') ?? '';
    return this.allowed?.length ? this.allowed.includes(kind) : !NOT_BY_DEFAULT.has(kind);
  }

  #get(updateId: number): TelegramUpdate {
    const update = this.#known.get(updateId);
    if (!update) throw new Error(`there was no update ${updateId}`);
    return update;
  }
}
