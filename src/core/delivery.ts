import type { Card } from './card.ts';
import type { Inbox, Outlet, Sleep, Telemetry } from './chat-ports.ts';
import type { MessageTurns } from './message-turns.ts';
import { OutletError } from './outlet-error.ts';
import { OutletRefusal } from './outlet-refusal.ts';
import { chatKey, type Request } from './request.ts';
import type { Posted } from './stored-result.ts';

export interface DeliveryOptions {
  readonly request: Request;
  /** As the inbox has the job: its id, how often its post may have been shown already, and the message that shows it. */
  readonly id: number;
  readonly unsure: number;
  /** Each end of the program may have cut a post off before the platform had it: it allows for one more. */
  readonly deaths: number;
  readonly posted: Posted | null;
  readonly outlet: Outlet;
  readonly inbox: Pick<Inbox, 'posting' | 'notPosted'>;
  /**
   * Called right after the platform answered: the first time, for an earlier run may have died before it was called, and
   * when the message shows another picture than before.
   */
  record(posted: Posted, card: Card): Promise<void>;
  /** Called whenever the message shows this card. */
  shown(card: Card): void;
  readonly turns: MessageTurns;
  readonly sleep: Sleep;
  readonly telemetry: Telemetry;
  readonly signal: AbortSignal;
}

/** How long to wait, in all, for a platform to answer again after a post whose outcome is unknown. */
const PING_DELAYS_MS = [0, 500, 1000, 2000, 4000, 8000];

/** That allow for a further post: nobody is to see copies without end. */
const MOST_DEATHS = 3;

/** One answer on its way: posted once, then edited. One call in flight, and the newest card wins. */
export class Delivery {
  readonly #options: DeliveryOptions;
  #unsure: number;
  #posted: Posted | null;
  #wanted: Card | null = null;
  #shown: Card | null = null;
  #recorded = false;
  #running: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#unsure = options.unsure;
    this.#posted = options.posted;
  }

  get isPosted(): boolean {
    return this.#posted !== null;
  }

  /** There has been something to show, shown yet or not. */
  get isBegun(): boolean {
    return this.#wanted !== null;
  }

  /** Something stood in the way. */
  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Takes the place of what was to be shown before it, shown yet or not. */
  show(card: Card): void {
    this.#wanted = card;
    // a card that could not be shown through a fault of its own gives way to the next, such as the apology
    if (this.#failure && !(this.#failure.error instanceof OutletError)) this.#failure = null;
    this.#start().catch(() => {}); // finish tells
  }

  /** The message that shows it, once it is posted and what was to be shown is shown; null: there was nothing. Rejects as finish does. */
  async message(): Promise<Posted | null> {
    await this.finish();
    return this.#posted;
  }

  /** Resolves once the newest card is shown; rejects with what stood in the way: OutletError, a disk's error, the signal's reason. */
  async finish(): Promise<void> {
    while (this.#wanted !== this.#shown) await this.#start();
  }

  #start(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    if (this.#wanted === this.#shown) return Promise.resolve();
    this.#running ??= this.#pump();
    return this.#running;
  }

  async #pump(): Promise<void> {
    try {
      while (this.#wanted && this.#wanted !== this.#shown) {
        if (this.#posted) await this.#edit(this.#posted);
        else await this.#post(this.#wanted);
      }
    } catch (error) {
      this.#failure = { error };
      throw error;
    } finally {
      this.#running = null; // in the same turn as the last look at what is wanted, so that no card is missed
    }
  }

  async #edit(before: Posted): Promise<void> {
    const { request, id, outlet, turns, signal } = this.#options;
    let card = this.#wanted as Card;
    const edit = () => {
      card = this.#wanted as Card; // the newest by now
      return outlet.edit(request, before, card, signal);
    };
    const after = await turns.edit(`${chatKey(request)}:${before.messageId}`, id, edit, signal);
    this.#shown = card;
    this.#options.shown(card);
    if (!after) return;
    this.#posted = after;
    if (!this.#recorded || after.imageName !== before.imageName) await this.#record(after, card);
  }

  async #post(card: Card): Promise<void> {
    const isSecond = this.#unsure > 0;
    const posted = await this.#postOnce(card);
    this.#posted = posted;
    this.#unsure = 0;
    await this.#record(posted, card);
    this.#options.shown(card);
    // where a platform takes two posts for one, it shows the first one's card still: the edit mends that
    if (!isSecond) this.#shown = card;
  }

  async #record(posted: Posted, card: Card): Promise<void> {
    await this.#options.record(posted, card);
    this.#recorded = true;
  }

  /** A post that may have been shown is tried once more, when the platform answers again. */
  async #postOnce(card: Card): Promise<Posted> {
    const { request, id, inbox, outlet, signal } = this.#options;
    for (;;) {
      if (this.#unsure > 0) await this.#permitAnother();
      signal.throwIfAborted(); // while it is certain that nothing is shown
      await inbox.posting(id);
      this.#unsure += 1;
      try {
        return await outlet.post(request, card, signal);
      } catch (error) {
        const certain = isCertain(error);
        if (certain) {
          this.#unsure -= 1;
          await inbox.notPosted(id);
        }
        if (certain || this.#unsure > 1 || !(error instanceof OutletError)) throw error;
      }
    }
  }

  /** Throws OutletError when the answer may have been shown twice. */
  async #permitAnother(): Promise<void> {
    const { request, deaths, outlet, telemetry, signal } = this.#options;
    if (await outlet.isRepeatable(request, signal)) return;
    if (this.#unsure > 1 + Math.min(deaths, MOST_DEATHS))
      throw new OutletError('posted again and again, outcome unknown', { kind: 'gone' });
    await this.#reach();
    telemetry.count({ name: 'possible_duplicates', platform: request.platform });
  }

  async #reach(): Promise<void> {
    const { outlet, sleep, signal } = this.#options;
    for (const [index, delay] of PING_DELAYS_MS.entries()) {
      await sleep(delay, signal);
      try {
        return await outlet.ping(signal);
      } catch (error) {
        if (index === PING_DELAYS_MS.length - 1) throw error;
      }
    }
  }
}

/** Whether nothing is shown. */
function isCertain(error: unknown): boolean {
  return error instanceof OutletRefusal || (error instanceof OutletError && error.failure.kind !== 'unsure');
}
