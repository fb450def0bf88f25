import type { Sleep } from './chat-ports.ts';
import type { Clock } from './ports.ts';

interface Turns {
  /** The job that edited last, or is about to. */
  newest: number;
  lastEdit: number;
  touched: number;
  /** Never rejects. */
  running: Promise<unknown>;
}

/** Platforms bear no more than one edit of a message a second. */
const EDIT_EVERY_MS = 1000;
/** No job goes on with a message for longer. */
const REMEMBERED_MS = 10 * 60_000;

/** Edits of one message by several jobs, such as an answer and presses on its buttons: one at a time, one a second, and none after a later job's. */
export class MessageTurns {
  readonly #clock: Clock;
  readonly #sleep: Sleep;
  /** The longest untouched first. */
  readonly #messages = new Map<string, Turns>();

  constructor({ clock, sleep }: { readonly clock: Clock; readonly sleep: Sleep }) {
    this.#clock = clock;
    this.#sleep = sleep;
  }

  /** Does the edit when its turn comes; null, undone, when a later job has edited the message. Throws as `act`, and the signal's reason. */
  async edit<T>(key: string, job: number, act: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
    const turns = this.#turnsOf(key);
    turns.newest = Math.max(turns.newest, job);
    const edit = turns.running.then(async () => {
      await this.#sleep(Math.max(0, turns.lastEdit + EDIT_EVERY_MS - this.#clock()), signal);
      if (turns.newest > job) return null;
      turns.lastEdit = this.#clock();
      return await act();
    });
    turns.running = edit.catch(() => {});
    return await edit;
  }

  #turnsOf(key: string): Turns {
    const now = this.#clock();
    for (const [old, { touched }] of this.#messages) {
      if (touched + REMEMBERED_MS > now) break;
      this.#messages.delete(old);
    }
    const turns = this.#messages.get(key) ?? {
      newest: 0,
      lastEdit: Number.NEGATIVE_INFINITY,
      touched: now,
      running: Promise.resolve(),
    };
    turns.touched = now;
    this.#messages.delete(key);
    this.#messages.set(key, turns);
    return turns;
  }
}
