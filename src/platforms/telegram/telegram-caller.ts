import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import type { Telegram } from 'telegraf';
import { OutletError } from '../../core/outlet-error.ts';
import type { Telemetry } from '../../core/ports.ts';
import { telegramFailure } from './telegram-failure.ts';

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Whether it may be done twice: then a lost answer is asked for again. */
  readonly repeatable: boolean;
  /** For all attempts together. */
  readonly limitMs?: number;
}

/** Calls a method of the Bot API; files are `{source: Buffer, filename}`. Throws OutletError, TelegramRefusal, the signal's reason. */
export type TelegramCaller = <Result>(
  method: string,
  payload: Readonly<Record<string, unknown>>,
  options: CallOptions,
) => Promise<Result>;

const LIMIT_MS = 30_000;
/** A longer `retry_after` is the caller's to wait for. */
const LONGEST_PAUSE_MS = 5000;
const ATTEMPTS = 4;

/**
 * One way for all calls: a total time limit, Telegram's pauses obeyed up to a cap, what is sure not to have happened (or
 * may happen twice) tried again, every outcome counted, and no token in any error.
 */
export function createTelegramCaller(telegram: Telegram, telemetry: Telemetry): TelegramCaller {
  async function attempt(method: string, payload: Readonly<Record<string, unknown>>, signal: AbortSignal) {
    const count = (outcome: string) =>
      telemetry.count({ name: 'outside_calls', service: 'telegram', method, outcome });
    try {
      // telegraf's types know neither all methods nor that it takes our signal as it is
      const call = telegram.callApi as (...args: readonly unknown[]) => Promise<unknown>;
      const result = await call.call(telegram, method, { ...payload }, { signal });
      count('ok');
      return result;
    } catch (error) {
      const failure = telegramFailure(method, error);
      count(failure instanceof OutletError ? failure.failure.kind : 'refused');
      throw failure;
    }
  }

  return async <Result>(
    method: string,
    payload: Readonly<Record<string, unknown>>,
    { signal, repeatable, limitMs = LIMIT_MS }: CallOptions,
  ): Promise<Result> => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const policy = retry(
      handleWhen((error) => !limited.aborted && pauseAfter(error, repeatable, 0) !== null),
      {
        maxAttempts: ATTEMPTS - 1,
        backoff: new DelegateBackoff(({ attempt: done, result }: { attempt: number; result: unknown }) => {
          const { error } = result as { error?: unknown };
          return pauseAfter(error, repeatable, done) ?? 0;
        }),
      },
    );
    try {
      return (await policy.execute(() => attempt(method, payload, limited), limited)) as Result;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Error && error.name === 'TaskCancelledError') {
        throw new OutletError(`${method}: no time left`, { kind: 'later', afterMs: LONGEST_PAUSE_MS });
      }
      throw error;
    }
  };
}

/** Milliseconds to wait before the next attempt, with jitter; null: it is not to be tried again here. */
function pauseAfter(error: unknown, repeatable: boolean, attempt: number): number | null {
  if (!(error instanceof OutletError)) return null;
  const { failure } = error;
  const backoff = 200 * 2 ** attempt * (0.5 + Math.random());
  switch (failure.kind) {
    case 'gone':
      return null;
    case 'unsure':
      return repeatable ? backoff : null;
    case 'later':
      return failure.afterMs > LONGEST_PAUSE_MS ? null : Math.max(backoff, failure.afterMs);
  }
}
