import type { Telegram } from 'telegraf';
import type { Sleep, Telemetry } from '../../core/chat-ports.ts';
import { OutletError } from '../../core/outlet-error.ts';
import { telegramFailure } from './telegram-failure.ts';
import { backoff, tryAgain } from './try-again.ts';

export interface TelegramCallerOptions {
  readonly telegram: Telegram;
  readonly telemetry: Telemetry;
  readonly sleep: Sleep;
}

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
const OUT_OF_TIME = { kind: 'later', afterMs: LONGEST_PAUSE_MS } as const;

/**
 * One way for all calls: a total time limit, Telegram's pauses obeyed up to a cap, what is sure not to have happened (or
 * may happen twice) tried again, every outcome counted, and no token in any error.
 */
export function createTelegramCaller({ telegram, telemetry, sleep }: TelegramCallerOptions): TelegramCaller {
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
    try {
      const result = await tryAgain(() => attempt(method, payload, limited), {
        attempts: ATTEMPTS,
        pauseAfter: (error, done) => pauseAfter(error, repeatable, done),
        sleep,
        signal: limited,
      });
      return result as Result;
    } catch (error) {
      signal.throwIfAborted();
      // the time was over in a pause: nothing was on its way
      if (error === limited.reason) throw new OutletError(`${method}: no time left`, OUT_OF_TIME);
      throw error;
    }
  };
}

/** Milliseconds to wait before the next attempt, with jitter; null: it is not to be tried again here. */
function pauseAfter(error: unknown, repeatable: boolean, done: number): number | null {
  if (!(error instanceof OutletError)) return null;
  const { failure } = error;
  switch (failure.kind) {
    case 'gone':
    case 'unfetched':
      return null;
    case 'unsure':
      return repeatable ? backoff(done) : null;
    case 'later':
      return failure.afterMs > LONGEST_PAUSE_MS ? null : Math.max(backoff(done), failure.afterMs);
  }
}
