import type { Log, Sleep } from '../../core/chat-ports.ts';
import type { Clock } from '../../core/ports.ts';
import { TokenRefusedError } from '../token-refused-error.ts';
import { OtherPollerError } from './other-poller-error.ts';

export interface PollUpdatesOptions {
  /** getUpdates from an offset on. Rejects with a code of Telegram's, if it has one. */
  getUpdates(
    offset: number,
    timeoutSeconds: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly RawUpdate[]>;
  /** Takes an update in; rejects when the disk refused it. */
  accept(update: RawUpdate): Promise<void>;
  readonly health: PollHealth;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Log;
}

export interface RawUpdate {
  readonly update_id: number;
}

/** What /healthz asks. */
export interface PollHealth {
  /** When getUpdates last answered, by the clock. */
  lastAnswer: number;
  /** The disk refused the last update. */
  isBlocked: boolean;
}

const LONG_POLL_SECONDS = 50;
const BATCH = 100;
const CONFIRM_MS = 3000;
const DISK_PAUSE_MS = 2000;
const LONGEST_BACKOFF_MS = 30_000;
/** Another instance may be on its way out: it has time to drain. One that has set a webhook meanwhile keeps it. */
const CONFLICT_DELAYS_MS = [1000, 2000, 4000, 8000];
const CONFLICT_EVERY_MS = 10_000;
const CONFLICT_LIMIT_MS = 120_000;

/**
 * Long polling that goes on only past updates which were taken in: what was not is delivered again. Ends when the signal
 * aborts; throws TokenRefusedError, and OtherPollerError when another program keeps polling with the same token.
 */
export async function pollUpdates(options: PollUpdatesOptions, signal: AbortSignal): Promise<void> {
  const { getUpdates, log, clock, sleep, health } = options;
  let offset = 0;
  let failures = 0;
  const conflict = { since: null as number | null, count: 0 };
  while (!signal.aborted) {
    try {
      const updates = await getUpdates(offset, LONG_POLL_SECONDS, BATCH, signal);
      health.lastAnswer = clock();
      failures = 0;
      conflict.since = null;
      conflict.count = 0;
      offset = await acceptAll(updates, offset, options, signal);
    } catch (error) {
      if (signal.aborted) break;
      if (error instanceof TokenRefusedError) throw error;
      failures += 1;
      const pause = isConflict(error)
        ? conflictPause(conflict, clock())
        : Math.min(LONGEST_BACKOFF_MS, 500 * 2 ** failures);
      log.warn('updates cannot be had', { reason: String(error), pauseMs: pause });
      await sleep(pause, signal).catch(() => {});
    }
  }
  // what was taken in is not to come again; what comes along here is left for the next start
  const confirmed = offset > 0 ? getUpdates(offset, 0, 1, AbortSignal.timeout(CONFIRM_MS)) : null;
  await confirmed?.catch((error: unknown) =>
    log.warn('the last updates are not confirmed', { reason: String(error) }),
  );
}

/** The offset after what was accepted: all, unless the signal aborts. */
async function acceptAll(
  updates: readonly RawUpdate[],
  from: number,
  options: PollUpdatesOptions,
  signal: AbortSignal,
): Promise<number> {
  let offset = from;
  for (const update of [...updates].sort((a, b) => a.update_id - b.update_id)) {
    if (!(await acceptOne(update, options, signal))) break;
    offset = Math.max(offset, update.update_id + 1);
  }
  return offset;
}

/** Tries a refused one again and again; false: the signal aborted before it was taken in. */
async function acceptOne(
  update: RawUpdate,
  { accept, health, log, sleep }: PollUpdatesOptions,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await accept(update);
      health.isBlocked = false;
      return true;
    } catch (error) {
      health.isBlocked = true;
      log.error('an update cannot be taken in', { error });
      await sleep(DISK_PAUSE_MS, signal).catch(() => {});
    }
  }
  return false;
}

function isConflict(error: unknown): boolean {
  return (error as { code?: unknown }).code === 409;
}

function conflictPause(conflict: { since: number | null; count: number }, now: number): number {
  conflict.since ??= now;
  if (now - conflict.since >= CONFLICT_LIMIT_MS) throw new OtherPollerError();
  return CONFLICT_DELAYS_MS[conflict.count++] ?? CONFLICT_EVERY_MS;
}
