import type { Calendar, Inbox, Job, Lane, Log } from './chat-ports.ts';

export interface LaneRunnerOptions {
  readonly lane: Lane;
  /** Jobs at once, in all and of one asker. */
  readonly slots: number;
  readonly perAsker: number;
  readonly inbox: Inbox;
  readonly calendar: Calendar;
  readonly log: Log;
  /** Never rejects. `freePlace` is to be called as soon as what is left of the job is waiting for others. */
  run(job: Job, freePlace: () => void): Promise<void>;
}

/** Jobs that only wait for others, beside those that have a place: each keeps a photo's results in memory. */
const MOST_LINGERING = 48;

/** After the disk refused. */
const DISK_PAUSE_MS = 2000;
/** While what may begin waits for its asker's other jobs: behind it there may be one whose time is still to come. */
const BEHIND_OTHERS_MS = 200;
const LONGEST_TIMER_MS = 24 * 3600 * 1000;

/** Takes a lane's jobs from the inbox as they come and places are free; one that only waits for others needs none. */
export class LaneRunner {
  readonly #options: LaneRunnerOptions;
  readonly #running = new Set<Promise<void>>();
  /** Ids of those among them that have no place any more. */
  readonly #lingering = new Set<number>();
  #filling: Promise<void> | null = null;
  #again = false;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LaneRunnerOptions) {
    this.#options = options;
  }

  /** To call whenever there may be a job. */
  wake(): void {
    this.#again = true;
    if (this.#stopping) return;
    this.#filling ??= this.#fillWhileAsked();
  }

  /** Takes nothing more; resolves when what runs is through. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#filling; // a job may be in its hands
    clearTimeout(this.#timer);
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #fillWhileAsked(): Promise<void> {
    const { log } = this.#options;
    while (this.#again) {
      this.#again = false;
      try {
        await this.#fill();
      } catch (error) {
        log.error('the inbox cannot be read', { error });
        this.#setTimer(DISK_PAUSE_MS);
      }
    }
    this.#filling = null; // in the same turn as the last look at `again`, so that no call is missed
  }

  async #fill(): Promise<void> {
    const { lane, slots, perAsker, inbox, calendar, run } = this.#options;
    while (!this.#stopping && this.#hasPlace(slots)) {
      const asked = calendar();
      const job = await inbox.take(lane, perAsker, [...this.#lingering]);
      if (!job) {
        const at = await inbox.nextAt(lane);
        if (at !== null) this.#setTimer(at > asked ? at - calendar() : BEHIND_OTHERS_MS);
        return;
      }
      const freePlace = () => {
        if (!this.#running.has(work)) return;
        this.#lingering.add(job.id);
        this.wake();
      };
      const work: Promise<void> = run(job, freePlace).finally(() => {
        this.#running.delete(work);
        this.#lingering.delete(job.id);
        this.wake();
      });
      this.#running.add(work);
    }
  }

  #hasPlace(slots: number): boolean {
    const { size: lingering } = this.#lingering;
    return lingering < MOST_LINGERING && this.#running.size - lingering < slots;
  }

  #setTimer(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopping)
      this.#timer = setTimeout(() => this.wake(), Math.max(0, Math.min(ms, LONGEST_TIMER_MS)));
  }
}
