import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Log, Sleep } from '../core/chat-ports.ts';
import type { Clock, ExplainRequest } from '../core/ports.ts';
import { backoff, tryAgain } from '../core/try-again.ts';
import type { Explanation, Previews } from '../core/types.ts';
import type { Credentials } from './credentials.ts';
import type { CallOpenai } from './openai-call.ts';
import { WordsError } from './words-error.ts';

export interface OpenaiWordsOptions {
  readonly call: CallOpenai;
  readonly credentials: Credentials;
  /** In the order in which they are asked. */
  readonly models: readonly string[];
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Log;
  /** For all tries together. */
  readonly limitMs: number;
  /** How long it is left alone after FAILURES in a row. */
  readonly restMs: number;
}

/** Throws WordsError. Ends within the limit. */
export type AskForWords = (request: ExplainRequest, previews: Previews) => Promise<Explanation>;

const TRIES = 2;
const FAILURES = 5;
const HOUR_MS = 60 * 60_000;

/**
 * Asks the models in their order, past those that are gone; once more after what passes, once more with another key; and
 * for a while not at all, when it has failed again and again.
 */
export function createAskForWords(options: OpenaiWordsOptions): AskForWords {
  const { models, clock, sleep, log, limitMs, restMs } = options;
  const goneUntil = new Map<string, number>();
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof WordsError && error.passing),
    { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(FAILURES) },
  );
  const present = () => models.filter((model) => (goneUntil.get(model) ?? 0) <= clock());

  async function askModels(request: ExplainRequest, previews: Previews, signal: AbortSignal) {
    for (const model of present()) {
      try {
        return await askModel({ ...options, model }, request, previews, signal);
      } catch (error) {
        if (!(error instanceof WordsError && error.remedy === 'another model')) throw error;
        goneUntil.set(model, clock() + HOUR_MS);
        log.warn('a model for words is gone; it is not asked for an hour', { model });
      }
    }
    throw new WordsError('no model');
  }

  return async (request, previews) => {
    const deadline = clock() + limitMs;
    const signal = AbortSignal.timeout(limitMs);
    const pauseAfter = (error: unknown, done: number) => {
      if (!(error instanceof WordsError && error.passing)) return null;
      const pause = Math.max(error.pauseMs, backoff(done));
      return pause < deadline - clock() ? pause : null;
    };
    const tries = { attempts: TRIES, pauseAfter, sleep, signal };
    try {
      return await breaker.execute(() => tryAgain(() => askModels(request, previews, signal), tries));
    } catch (error) {
      if (error instanceof WordsError) throw error;
      if (error instanceof BrokenCircuitError) throw new WordsError('resting');
      if (error === signal.reason) throw new WordsError('timed out');
      throw error;
    }
  };
}

async function askModel(
  { call, credentials, model }: OpenaiWordsOptions & { readonly model: string },
  request: ExplainRequest,
  previews: Previews,
  signal: AbortSignal,
): Promise<Explanation> {
  const ask = async () => {
    const key = credentials.get('OPENAI_API_KEY');
    if (key === null) throw new WordsError('no key');
    return { key, answer: await call({ model, key, request, previews }, signal).catch(asWordsError) };
  };
  const first = await ask();
  if (!(first.answer instanceof WordsError)) return first.answer;
  const renew = first.answer.remedy === 'another key';
  if (!renew || !(await credentials.refresh('OPENAI_API_KEY', first.key))) throw first.answer;
  const { answer } = await ask();
  if (answer instanceof WordsError) throw answer;
  return answer;
}

function asWordsError(error: unknown): WordsError {
  if (error instanceof WordsError) return error;
  throw error;
}
