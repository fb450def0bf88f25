import type { Calendar, Inbox, Job, Lane, Log } from './ports.ts';

export interface LaneRunnerOptions {
  readonly lane: Lane;
  /** Jobs at once, in all and of one asker. */
  readonly slots: number;
  readonly perAsker: number;
  readonly inbox: Inbox;
  readonly calendar: Calendar;
  readonly log: Log;
  /** Never rejects. */
  run(job: Job): Promise<void>;
}

/** After the disk refused. */
const DISK_PAUSE_MS = 2000;
const LONGEST_TIMER_MS = 24 * 3600 * 1000;

/** Takes a lane's jobs from the inbox as they come and places are free. */
export class LaneRunner {
  readonly #options: LaneRunnerOptions;
  readonly #running = new Set<Promise<void>>();
  #filling = false;
  #again = false;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LaneRunnerOptions) {
    this.#options = options;
  }

  /** To call whenever there may be a job. */
  wake(): void {
    this.#again = true;
    if (this.#filling || this.#stopping) return;
    this.#filling = true;
    this.#fillWhileAsked().finally(() => {
      this.#filling = false;
    });
  }

  /** Takes nothing more; resolves when what runs is through. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #fillWhileAsked(): Promise<void> {
    const { calendar, log } = this.#options;
    while (this.#again) {
      this.#again = false;
      try {
        await this.#fill();
      } catch (error) {
        log.error('the inbox cannot be read', { error });
        this.#setTimer(calendar() + DISK_PAUSE_MS);
      }
    }
  }

  async #fill(): Promise<void> {
    const { lane, slots, perAsker, inbox, run } = this.#options;
    while (!this.#stopping && this.#running.size < slots) {
      const job = await inbox.take(lane, perAsker);
      if (!job) {
        this.#setTimer(await inbox.nextAt(lane));
        return;
      }
      const work: Promise<void> = run(job).finally(() => {
        this.#running.delete(work);
        this.wake();
      });
      this.#running.add(work);
    }
  }

  #setTimer(at: number | null): void {
    clearTimeout(this.#timer);
    const ms = at === null ? 0 : at - this.#options.calendar();
    // what may begin already waits for its asker's other jobs, and those wake the lane
    if (ms > 0 && !this.#stopping) {
      this.#timer = setTimeout(() => this.wake(), Math.min(ms, LONGEST_TIMER_MS));
    }
  }
}
