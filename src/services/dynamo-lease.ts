import { randomUUID } from 'node:crypto';
import type { Log, Sleep } from '../core/chat-ports.ts';
import type { Clock } from '../core/ports.ts';
import { KEYS } from './dynamo-keys.ts';
import { createDynamoTable, type DynamoTable } from './dynamo-table.ts';
import type { LeaderLease } from './leader-lease.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface DynamoLeaseOptions {
  /** With a partition key pk and a sort key sk, both texts. */
  readonly table: string;
  /** Of this process alone, and never set: milliseconds. */
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Log;
  /** Called once at most: another instance may have it from now on. */
  lost(): void;
}

/** From the start of the last renewal on; who waits counts from when it has seen that one. */
const LEASE_MS = 10_000;
const RENEW_EVERY_MS = 3000;
/** So long before its end it is lost already: Telegram is told by then what the holder has accepted (it has 3 s for that). */
const MARGIN_MS = 4000;
const LOOK_EVERY_MS = 1000;
/** After a renewal that failed. */
const AGAIN_MS = 500;
const CALL_MS = 2000;

interface Condition {
  readonly onlyIf: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** One that comes late, after the item was given back, is not to bring it back. */
const RENEWING: Condition = { onlyIf: 'holder = :holder' };

/** Another's. */
interface Seen {
  readonly version: string;
  /** By the clock, when the answer was there: never before its holder had begun to write it. */
  readonly at: number;
}

/**
 * An item that its holder writes anew every 3 s, each time with another version. Nobody compares clocks: who waits takes
 * over once it has seen the same version for the whole lease by its own clock, or once there is no item. When DynamoDB
 * cannot be had for that long nobody can take over, and the holder, who cannot know that, gives up all the same.
 * https://aws.amazon.com/blogs/database/building-distributed-locks-with-the-dynamodb-lock-client/
 */
export class DynamoLease implements LeaderLease {
  readonly #options: DynamoLeaseOptions;
  readonly #table: DynamoTable;
  readonly #holder = randomUUID();
  readonly #released = new AbortController();
  #state: 'unknown' | 'standby' | 'held' = 'unknown';
  /** An answer may have been lost: the item may be ours though nobody said so. */
  #mayBeOurs = false;
  /** By the clock, when the last renewal that succeeded was begun. */
  #since = 0;

  constructor(options: DynamoLeaseOptions) {
    this.#options = options;
    this.#table = createDynamoTable({ table: options.table, limitMs: CALL_MS });
  }

  get isHeld(): boolean {
    return this.#state === 'held' && this.#leftMs() > 0;
  }

  health(): { readonly ok: boolean; readonly detail: string } {
    const ok = this.#state === 'standby';
    return { ok, detail: ok ? 'standby' : 'DynamoDB does not say who leads' };
  }

  async take(standsBy: () => void, signal: AbortSignal): Promise<void> {
    const { sleep, log } = this.#options;
    let seen: Seen | null = null;
    let hasFailed = false;
    for (;;) {
      signal.throwIfAborted();
      try {
        seen = await unlessAborted(this.#look(seen), signal);
        if (this.#isOver(seen) && (await this.#write(taking(seen)))) break;
        if (this.#state === 'unknown') log.info('another instance holds the lease: standing by');
        this.#state = 'standby';
        hasFailed = false;
        standsBy();
      } catch (error) {
        signal.throwIfAborted();
        this.#state = 'unknown';
        if (!hasFailed) log.error('the lease cannot be had: nobody is answered', { error });
        hasFailed = true;
      }
      await sleep(LOOK_EVERY_MS, signal);
    }
    this.#state = 'held';
    log.info('the lease is held: this instance answers');
    this.#renew(this.#released.signal).catch(() => {}); // it was released
  }

  async release(): Promise<void> {
    const { log } = this.#options;
    this.#released.abort();
    if (this.#mayBeOurs) {
      const values = { ':holder': this.#holder };
      const removing = this.#table.operation((calls) =>
        calls.remove(KEYS.lease(), 'holder = :holder', values),
      );
      // it ends by itself
      await removing.catch((error: unknown) => log.warn('the lease could not be given back', { error }));
    }
    this.#table.close();
  }

  /** null: nobody else has it. */
  async #look(before: Seen | null): Promise<Seen | null> {
    const { clock } = this.#options;
    const item = await this.#table.operation((calls) => calls.get(KEYS.lease()));
    if (!item || item['holder'] === this.#holder) return null;
    const version = String(item['version']);
    return before?.version === version ? before : { version, at: clock() };
  }

  #isOver(seen: Seen | null): boolean {
    return seen === null || this.#options.clock() - seen.at >= LEASE_MS;
  }

  /** Writes the item as ours. Done again after an answer that was lost it does no harm. False: the condition is not met. */
  async #write(condition: Condition, ownLimitMs = CALL_MS): Promise<boolean> {
    const { clock } = this.#options;
    const since = clock();
    this.#mayBeOurs = true;
    const change = {
      set: { holder: this.#holder, version: randomUUID() },
      onlyIf: condition.onlyIf,
      values: { ':holder': this.#holder, ...condition.values },
    };
    const isOurs = await this.#table.operation((calls) => calls.update(KEYS.lease(), change), ownLimitMs);
    if (isOurs) this.#since = since;
    return isOurs;
  }

  /** Until it is lost. Rejects when it is released. */
  async #renew(signal: AbortSignal): Promise<void> {
    const { clock, sleep, log } = this.#options;
    let pauseMs = RENEW_EVERY_MS;
    for (;;) {
      await sleep(pauseMs, signal);
      if (this.#leftMs() <= 0) return this.#lose('it could not be renewed in time');
      const isRenewed = await this.#write(RENEWING, Math.min(this.#leftMs(), CALL_MS)).catch(
        (error: Error) => {
          log.warn('the lease could not be renewed', { reason: error.message });
          return null;
        },
      );
      signal.throwIfAborted();
      if (isRenewed === false) return this.#lose('another instance has taken it');
      const dueMs = this.#since + RENEW_EVERY_MS - clock();
      pauseMs = Math.max(0, isRenewed ? dueMs : Math.min(AGAIN_MS, this.#leftMs()));
    }
  }

  #leftMs(): number {
    return this.#since + LEASE_MS - MARGIN_MS - this.#options.clock();
  }

  #lose(reason: string): void {
    this.#state = 'unknown';
    this.#options.log.error('the lease is lost: stopping', { reason });
    this.#options.lost();
  }
}

/** null: nobody is passed over. */
function taking(over: Seen | null): Condition {
  const free = 'attribute_not_exists(pk) OR holder = :holder';
  return over
    ? { onlyIf: `${free} OR version = :over`, values: { ':over': over.version } }
    : { onlyIf: free };
}
