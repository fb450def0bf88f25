import type { Sleep, Telemetry } from '../core/chat-ports.ts';
import { OutletError } from '../core/outlet-error.ts';
import type { PlatformName } from '../core/request.ts';
import { backoff, tryAgain } from '../core/try-again.ts';
import { TokenRefusedError } from './token-refused-error.ts';

export interface OutsideCallerOptions {
  readonly service: PlatformName;
  /** What an attempt rejected with, as an error of ours without any secret: OutletError, or a refusal for the caller. */
  failureOf(method: string, error: unknown): Error;
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

/** Makes a call, named for counts and errors. Throws OutletError, the platform's refusals, the signal's reason. */
export type OutsideCaller = <Result>(
  method: string,
  act: (signal: AbortSignal) => Promise<Result>,
  options: CallOptions,
) => Promise<Result>;

const LIMIT_MS = 30_000;
/** A longer pause is the caller's to wait for. */
const LONGEST_PAUSE_MS = 5000;
const ATTEMPTS = 4;
const OUT_OF_TIME = { kind: 'later', afterMs: LONGEST_PAUSE_MS } as const;

/**
 * One way for all calls to a platform: a total time limit, its pauses obeyed up to a cap, what is sure not to have
 * happened (or may happen twice) tried again, and every outcome counted.
 */
export function createOutsideCaller(options: OutsideCallerOptions): OutsideCaller {
  const { service, failureOf, telemetry, sleep } = options;
  async function attempt<Result>(method: string, act: () => Promise<Result>): Promise<Result> {
    const count = (outcome: string) => telemetry.count({ name: 'outside_calls', service, method, outcome });
    try {
      const result = await act();
      count('ok');
      return result;
    } catch (error) {
      const failure = failureOf(method, error);
      const isPause = failure instanceof OutletError && !(failure instanceof TokenRefusedError);
      count(isPause ? failure.failure.kind : 'refused');
      throw failure;
    }
  }

  return async (method, act, { signal, repeatable, limitMs = LIMIT_MS }) => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    try {
      return await tryAgain(() => attempt(method, () => act(limited)), {
        attempts: ATTEMPTS,
        pauseAfter: (error, done) => pauseAfter(error, repeatable, done),
        sleep,
        signal: limited,
      });
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
