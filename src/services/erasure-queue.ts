import type { Calendar, Log, Sleep, Telemetry } from '../core/chat-ports.ts';
import type { Request } from '../core/request.ts';
import { patientBackoff } from '../core/try-again.ts';
import { ArchiveError } from './archive-error.ts';
import type { EraseAnswer, EraseEvent } from './archive-protocol.ts';
import type { ArchiveTraffic } from './archive-traffic.ts';
import type { Erasure, Erasures } from './sqlite-erasures.ts';
import { WakeUp } from './wake-up.ts';

export interface ErasureQueueOptions {
  readonly erasures: Erasures;
  readonly traffic: ArchiveTraffic;
  /** Throws ArchiveError. */
  erase(event: EraseEvent, signal: AbortSignal): Promise<EraseAnswer>;
  /** Idempotent on `key`. */
  tell(request: Request, key: string): Promise<void>;
  /** Nobody's photos are held any more on account of this person. */
  erased(): void;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  readonly telemetry: Telemetry;
  readonly log: Log;
}

/** Has the archive forget those who asked for it, however long it cannot be had, and has them told. */
export class ErasureQueue {
  readonly #options: ErasureQueueOptions;
  readonly #stop = new AbortController();
  readonly #wakeUp = new WakeUp();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ErasureQueueOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** To call when somebody has asked. */
  wake(): void {
    this.#wakeUp.ring();
  }

  /** Ends what is under way: it is done at the next start. */
  async close(): Promise<void> {
    this.#stop.abort(new Error('The program stops.'));
    this.#wakeUp.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { sleep } = this.#options;
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      this.#wakeUp.reset();
      const pauses = await this.#goThrough(failures + 1);
      if (pauses === null) {
        failures = 0;
        await this.#wakeUp.rung;
      } else {
        failures += 1;
        const woken = new AbortController();
        const over = sleep(pauses, AbortSignal.any([signal, woken.signal])).catch(() => {});
        await Promise.race([over, this.#wakeUp.rung]);
        woken.abort();
      }
    }
  }

  /** Milliseconds until it should be gone through again; null: when somebody asks. */
  async #goThrough(failures: number): Promise<number | null> {
    const { erasures, telemetry, log } = this.#options;
    const pauses: number[] = [];
    let open: readonly Erasure[] = [];
    try {
      open = erasures.open();
      for (const erasure of open) {
        if (this.#stop.signal.aborted) return 0;
        pauses.push((await this.#advance(erasure)) ?? patientBackoff(failures));
      }
      telemetry.level({ name: 'erasures_waiting', value: erasures.open().length });
    } catch (error) {
      log.error('who asked to be forgotten cannot be read', { error });
      return patientBackoff(failures);
    }
    const left = pauses.filter((pause) => pause > 0);
    return left.length > 0 ? Math.min(...left) : null;
  }

  /** 0: there is nothing more to do with it now; else the milliseconds that it must wait; null: it has failed. */
  async #advance(erasure: Erasure): Promise<number | null> {
    const { traffic, calendar, telemetry, log } = this.#options;
    const { pseudonym, state } = erasure;
    const calmAt = state === 'asked' ? traffic.calmAt(pseudonym) : 0;
    if (calmAt === null) return null;
    if (calmAt > calendar()) return calmAt - calendar();
    try {
      if (state === 'asked') await this.#erase(erasure);
      else await this.#tell(erasure);
      return 0;
    } catch (error) {
      const outcome = error instanceof ArchiveError ? error.message : 'bug or disk';
      telemetry.count({ name: 'erasures', outcome });
      if (error instanceof ArchiveError)
        log.warn('the archive has not forgotten somebody yet', { reason: outcome });
      else log.error('somebody could not be forgotten, or not be told', { error });
      return null;
    }
  }

  async #erase(erasure: Erasure): Promise<void> {
    const { erase, erased, erasures, telemetry } = this.#options;
    const { pseudonym } = erasure;
    const answer = await erase({ version: 1, pseudonym }, this.#stop.signal);
    if (answer.status !== 'erased')
      throw new ArchiveError(`${answer.status}: ${answer.reason}`, { isUnsure: false });
    telemetry.count({ name: 'erasures', outcome: 'erased' });
    erasures.set(erasure, 'erased');
    erased();
    this.wake(); // for who is to be told of it, as it is written now
  }

  async #tell(erasure: Erasure): Promise<void> {
    const { erasures, tell } = this.#options;
    const { pseudonym, at, request } = erasure;
    if (!request) return; // something of theirs is left here
    await tell(request, `erasure:${pseudonym}:${at}`);
    erasures.set(erasure, 'told');
  }
}
