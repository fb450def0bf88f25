import type { Sleep } from './chat-ports.ts';

export interface TryAgainOptions {
  readonly attempts: number;
  /** Milliseconds until the next attempt, after so many; null: there is to be none. */
  pauseAfter(error: unknown, done: number): number | null;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
}

/** What `act` gives at last, or its last error; the signal's reason when it aborts in a pause. */
export async function tryAgain<T>(
  act: () => Promise<T>,
  { attempts, pauseAfter, sleep, signal }: TryAgainOptions,
): Promise<T> {
  for (let done = 1; ; done += 1) {
    try {
      return await act();
    } catch (error) {
      const pause = done < attempts && !signal.aborted ? pauseAfter(error, done) : null;
      if (pause === null) throw error;
      await sleep(pause, signal);
    }
  }
}

/** Longer after each attempt, and never the same for all who wait. */
export function backoff(done: number): number {
  return 200 * 2 ** done * (0.5 + Math.random());
}

const PATIENCE_MS = 60_000;

/** The same for what is tried for ever. */
export function patientBackoff(failures: number): number {
  return Math.min(PATIENCE_MS, backoff(Math.min(failures, 10)));
}
