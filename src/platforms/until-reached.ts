import type { Log, Sleep } from '../core/chat-ports.ts';

export interface UntilReachedOptions {
  /** The platform's, for the log. */
  readonly name: string;
  /** Whether another attempt would fail in the same way. */
  isFinal(error: unknown): boolean;
  /** The pause that the platform asks for, in milliseconds; 0: none. */
  pauseOf(error: unknown): number;
  readonly log: Log;
  readonly sleep: Sleep;
}

const LONGEST_BACKOFF_MS = 30_000;

/** Tries at longer and longer intervals, however long the platform cannot be reached. Throws what is final, and the signal's reason. */
export async function untilReached<T>(
  act: () => Promise<T>,
  { name, isFinal, pauseOf, log, sleep }: UntilReachedOptions,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      signal.throwIfAborted();
      if (isFinal(error)) throw error;
      log.warn(`${name} cannot be reached`, { reason: String(error) });
      await sleep(Math.max(pauseOf(error), Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** attempt)), signal);
    }
  }
}
