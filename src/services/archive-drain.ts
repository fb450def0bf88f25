import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleType, type IPolicy } from 'cockatiel';
import pLimit from 'p-limit';
import type { Calendar, Log, Sleep, Telemetry } from '../core/chat-ports.ts';
import { patientBackoff } from '../core/try-again.ts';
import { ArchiveError } from './archive-error.ts';
import type { ArchiveOutbox } from './archive-outbox.ts';
import type { ArchiveAnswer, ArchiveEvent } from './archive-protocol.ts';
import type { ArchiveTraffic } from './archive-traffic.ts';
import type { Waiting } from './outbox-files.ts';
import { WakeUp } from './wake-up.ts';

export interface ArchiveDrainOptions {
  readonly outbox: ArchiveOutbox;
  readonly traffic: ArchiveTraffic;
  /** Throws ArchiveError. */
  deliver(event: ArchiveEvent, signal: AbortSignal): Promise<ArchiveAnswer>;
  /** Whether a person's photos must wait: the archive is to forget the earlier ones first. */
  isHeld(pseudonym: string): boolean;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  readonly telemetry: Telemetry;
  readonly log: Log;
}

const AT_ONCE = 4;
/** In a row: then the rest of a round is spared. */
const FAILURES = 3;

/**
 * Brings what waits in the outbox to the archive, round by round, and deletes it once the archive says that it has it; when
 * the archive cannot be had, or does not take one just now, again after pauses, for ever.
 */
export class ArchiveDrain {
  readonly #options: ArchiveDrainOptions;
  readonly #stop = new AbortController();
  readonly #wakeUp = new WakeUp();
  /** Those with something wrong of their own, by name: when to try them again. */
  readonly #troubled = new Map<string, { readonly failures: number; readonly notBefore: number }>();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ArchiveDrainOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** To call when there is something new, or somebody is held no more. */
  wake(): void {
    this.#wakeUp.ring();
  }

  /** Ends what is under way: it stays in the outbox. */
  async close(): Promise<void> {
    this.#stop.abort(new Error('The program stops.'));
    this.#wakeUp.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { sleep, log } = this.#options;
    const { signal } = this.#stop;
    let outages = 0;
    while (!signal.aborted) {
      this.#wakeUp.reset();
      const due = this.#due();
      if (due.length === 0) {
        await this.#rungOr(this.#nextAt());
        continue;
      }
      const outage = await this.#round(due);
      outages = outage === null ? 0 : outages + 1;
      if (outage === null || signal.aborted) continue;
      if (outages === 1) log.warn('the archive cannot be had', { reason: outage });
      await sleep(patientBackoff(outages), signal).catch(() => {});
    }
  }

  #due(): readonly Waiting[] {
    const { outbox, isHeld, calendar } = this.#options;
    const now = calendar();
    const isDue = ({ name, pseudonym }: Waiting) =>
      !isHeld(pseudonym) && (this.#troubled.get(name)?.notBefore ?? 0) <= now;
    return outbox.waiting().filter(isDue);
  }

  /** When the next one that is left alone for a while is to be tried again; null: there is none. */
  #nextAt(): number | null {
    const { outbox, isHeld } = this.#options;
    const left = outbox.waiting().filter(({ pseudonym }) => !isHeld(pseudonym));
    const times = left.flatMap(({ name }) => this.#troubled.get(name)?.notBefore ?? []);
    return times.length > 0 ? Math.min(...times) : null;
  }

  async #rungOr(at: number | null): Promise<void> {
    if (at === null) return this.#wakeUp.rung;
    const { sleep, calendar } = this.#options;
    const woken = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, woken.signal]);
    const over = sleep(Math.max(0, at - calendar()), signal).catch(() => {});
    await Promise.race([over, this.#wakeUp.rung]);
    woken.abort();
  }

  /** Why the archive could not be had; null: it could. */
  async #round(due: readonly Waiting[]): Promise<string | null> {
    // for this round only: the pause between rounds is ours
    const breaker = circuitBreaker(handleType(ArchiveError), {
      halfOpenAfter: 24 * 60 * 60_000,
      breaker: new ConsecutiveBreaker(FAILURES),
    });
    const limit = pLimit(AT_ONCE);
    const outages = await Promise.all(due.map((waiting) => limit(() => this.#deliver(waiting, breaker))));
    return outages.find((outage) => outage !== null) ?? null;
  }

  async #deliver(waiting: Waiting, breaker: IPolicy): Promise<string | null> {
    const { traffic, isHeld, telemetry, log } = this.#options;
    const { name, pseudonym } = waiting;
    if (this.#stop.signal.aborted || isHeld(pseudonym)) return null;
    const arrived = traffic.begin(pseudonym);
    let outcome: string | null;
    let outage: string | null = null;
    let isUnsure = false;
    try {
      outcome = await breaker.execute(() => this.#deliverOnce(waiting));
    } catch (error) {
      outcome = error instanceof ArchiveError ? error.message : 'bug or disk';
      if (error instanceof BrokenCircuitError)
        outcome = null; // nothing was tried
      else if (error instanceof ArchiveError) [outage, isUnsure] = [outcome, error.isUnsure];
      else log.error('a kept photo could not be delivered', { error });
    }
    arrived(isUnsure);
    if (outcome) telemetry.count({ name: 'archive_deliveries', outcome });
    if (outcome === 'retry' || outcome === 'bug or disk') this.#leaveAlone(name);
    else if (outage === null && outcome) this.#troubled.delete(name);
    return outage;
  }

  /** What is wrong is its own: others need not wait for it. */
  #leaveAlone(name: string): void {
    const failures = (this.#troubled.get(name)?.failures ?? 0) + 1;
    const notBefore = this.#options.calendar() + patientBackoff(failures);
    this.#troubled.set(name, { failures, notBefore });
  }

  /** null: it does not wait any more. */
  async #deliverOnce(waiting: Waiting): Promise<ArchiveAnswer['status'] | null> {
    const { outbox, deliver, log } = this.#options;
    const event = await outbox.read(waiting);
    if (!event) return null;
    const answer = await deliver(event, this.#stop.signal);
    if (answer.status === 'stored') return outbox.remove(waiting).then(() => answer.status);
    const { status, reason } = answer;
    if (status === 'refused') {
      log.error('the archive refuses a photo; it is set aside', { reason });
      await outbox.setAside(waiting);
    } else log.warn('the archive cannot take a photo just now', { reason });
    return status;
  }
}
