import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Log, Sleep } from '../core/chat-ports.ts';
import type { Clock, ExplainRequest } from '../core/ports.ts';
import { backoff, tryAgain } from '../core/try-again.ts';
import type { Explanation, Previews } from '../core/types.ts';
import type { Credentials } from './credentials.ts';
import type { CallOpenai } from './openai-call.ts';
import { unlessAborted } from './unless-aborted.ts';
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

export interface OpenaiWords {
  /** Why nothing would be asked now; null: it would. */
  refusal(request: ExplainRequest): WordsError | null;
  /** Throws WordsError. Ends within the limit. */
  ask(request: ExplainRequest): Promise<Explanation>;
  /** Ends what is under way; resolves when nothing is left that needs the database. */
  close(): Promise<void>;
}

const TRIES = 2;
const FAILURES = 5;
const HOUR_MS = 60 * 60_000;

/**
 * Asks the models in their order, past those that are gone; once more after what passes, once more with another key; and
 * for a while not at all, when it has failed again and again.
 */
export function createOpenaiWords(options: OpenaiWordsOptions): OpenaiWords {
  const { call, models, clock, sleep, log, limitMs, restMs } = options;
  const goneUntil = new Map<string, number>();
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
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
        const isKnown = !present().includes(model); // many may hear of it at once
        goneUntil.set(model, clock() + HOUR_MS);
        if (!isKnown) log.warn('a model for words is gone; it is not asked for an hour', { model });
      }
    }
    throw new WordsError('no model');
  }

  /** They end when the one who asked first leaves; the others still get an answer. */
  async function previewsOf(request: ExplainRequest, signal: AbortSignal): Promise<Previews> {
    const previews = await unlessAborted(request.previews(), signal).catch(() => null);
    if (previews) return previews;
    throw new WordsError(signal.aborted ? 'timed out' : 'no pictures');
  }

  async function askInTime(request: ExplainRequest): Promise<Explanation> {
    const deadline = clock() + limitMs;
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(limitMs)]);
    const pauseAfter = (error: unknown, done: number) => {
      if (!(error instanceof WordsError && error.passing)) return null;
      const pause = Math.max(error.pauseMs, backoff(done));
      return pause < deadline - clock() ? pause : null;
    };
    const tries = { attempts: TRIES, pauseAfter, sleep, signal };
    const previews = await previewsOf(request, signal);
    // the others do not wait for what the one try after a rest shows
    if (breaker.state === CircuitState.HalfOpen) throw new WordsError('resting');
    try {
      return await breaker.execute(() => tryAgain(() => askModels(request, previews, signal), tries));
    } catch (error) {
      if (error instanceof WordsError) throw error;
      if (error instanceof BrokenCircuitError) throw new WordsError('resting');
      if (error === signal.reason) throw new WordsError('timed out');
      throw error;
    }
  }

  return {
    refusal(request) {
      const [model] = present();
      return model === undefined ? new WordsError('no model') : call.refusal({ model, request });
    },
    async ask(request) {
      const asking = askInTime(request);
      const over: Promise<unknown> = asking.catch(() => {}).finally(() => underWay.delete(over));
      underWay.add(over);
      return await asking;
    },
    async close() {
      closing.abort(new Error('The program stops.'));
      await Promise.all(underWay);
    },
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
    return { key, answer: await call.call({ model, key, request, previews }, signal).catch(asWordsError) };
  };
  const first = await ask();
  if (!(first.answer instanceof WordsError)) return first.answer;
  const renew = first.answer.remedy === 'another key';
  const refresh = () => unlessAborted(credentials.refresh('OPENAI_API_KEY', first.key), signal);
  if (!renew || !(await refresh())) throw first.answer;
  const { answer } = await ask();
  if (answer instanceof WordsError) throw answer;
  return answer;
}

function asWordsError(error: unknown): WordsError {
  if (error instanceof WordsError) return error;
  throw error;
}
