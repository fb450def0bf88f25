import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleType, type IPolicy } from 'cockatiel';
import pLimit from 'p-limit';
import type { Log, Sleep, Telemetry } from '../core/chat-ports.ts';
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
  readonly sleep: Sleep;
  readonly telemetry: Telemetry;
  readonly log: Log;
}

const AT_ONCE = 4;
/** In a row: then the rest of a round is spared. */
const FAILURES = 3;

/**
 * Brings what waits in the outbox to the archive, round by round, and deletes it once the archive says that it has it; when
 * the archive cannot be had, again after pauses, for ever.
 */
export class ArchiveDrain {
  readonly #options: ArchiveDrainOptions;
  readonly #stop = new AbortController();
  readonly #wakeUp = new WakeUp();
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
    const { outbox, isHeld, sleep, log } = this.#options;
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      this.#wakeUp.reset();
      const due = outbox.waiting().filter(({ pseudonym }) => !isHeld(pseudonym));
      const failure = await this.#round(due);
      if (failure === null && due.length > 0) {
        failures = 0;
      } else if (failure === null) {
        await this.#wakeUp.rung;
      } else {
        failures += 1;
        if (failures === 1 && !signal.aborted) log.warn('the archive cannot be had', { reason: failure });
        await sleep(patientBackoff(failures), signal).catch(() => {});
      }
    }
  }

  /** What stood in the way of some of them; null: nothing. */
  async #round(due: readonly Waiting[]): Promise<string | null> {
    // for this round only: the pause between rounds is ours
    const breaker = circuitBreaker(handleType(ArchiveError), {
      halfOpenAfter: 24 * 60 * 60_000,
      breaker: new ConsecutiveBreaker(FAILURES),
    });
    const limit = pLimit(AT_ONCE);
    const failures = await Promise.all(due.map((waiting) => limit(() => this.#deliver(waiting, breaker))));
    return failures.find((failure) => failure !== null) ?? null;
  }

  async #deliver(waiting: Waiting, breaker: IPolicy): Promise<string | null> {
    const { traffic, isHeld, telemetry, log } = this.#options;
    const { pseudonym } = waiting;
    if (this.#stop.signal.aborted || isHeld(pseudonym)) return null;
    const arrived = traffic.begin(pseudonym);
    try {
      const status = await this.#deliverOnce(waiting, breaker);
      arrived(false);
      if (status) telemetry.count({ name: 'archive_deliveries', outcome: status });
      return status === 'retry' ? status : null;
    } catch (error) {
      arrived(error instanceof ArchiveError && error.isUnsure);
      if (error instanceof BrokenCircuitError) return 'the archive is left alone for a while';
      const outcome = error instanceof ArchiveError ? error.message : 'bug or disk';
      if (!(error instanceof ArchiveError)) log.error('a kept photo could not be delivered', { error });
      telemetry.count({ name: 'archive_deliveries', outcome });
      return outcome;
    }
  }

  /** null: it does not wait any more. */
  async #deliverOnce(waiting: Waiting, breaker: IPolicy): Promise<ArchiveAnswer['status'] | null> {
    const { outbox, deliver, log } = this.#options;
    const event = await outbox.read(waiting);
    if (!event) return null;
    const answer = await breaker.execute(() => deliver(event, this.#stop.signal));
    if (answer.status === 'stored') await outbox.remove(waiting);
    if (answer.status === 'refused') {
      log.error('the archive refuses a photo; it is set aside', { reason: answer.reason });
      await outbox.setAside(waiting);
    }
    return answer.status;
  }
}
