import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import type { Calendar, Log, Telemetry } from '../core/chat-ports.ts';
import type { ExplainRequest } from '../core/ports.ts';
import type { Explanation, Previews } from '../core/types.ts';
import { explanationOf } from './openai-answer.ts';
import { openaiFailure } from './openai-failure.ts';
import { effortOf } from './openai-models.ts';
import { microsOf, type Tokens } from './openai-price.ts';
import { answerSchema, messagesOf, mostInputTokens } from './openai-prompt.ts';
import type { SpendingLedger } from './sqlite-spending.ts';
import { WordsError } from './words-error.ts';

export interface OpenaiCallOptions {
  readonly baseUrl: string;
  readonly ledger: SpendingLedger;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly calendar: Calendar;
}

export interface OpenaiCall {
  readonly model: string;
  readonly key: string;
  readonly request: ExplainRequest;
  readonly previews: Previews;
}

export interface CallOpenai {
  /** One call, paid for: what it may cost is reserved before, what it did cost written down after. Throws WordsError. */
  call(call: OpenaiCall, signal: AbortSignal): Promise<Explanation>;
  /** Why a call would not be made; null: it would. */
  refusal(call: Pick<OpenaiCall, 'model' | 'request'>): WordsError | null;
}

const usageSchema = z.object({
  usage: z.object({ prompt_tokens: z.number().nonnegative(), completion_tokens: z.number().nonnegative() }),
});

const MICROS = 1e6;
/** The library's own limit ends no body that stalls; the signal does. */
const LIBRARY_LIMIT_MS = 60_000;

export function createCallOpenai(options: OpenaiCallOptions): CallOpenai {
  const { baseUrl, ledger, telemetry, log, calendar } = options;
  const count = (outcome: string) =>
    telemetry.count({ name: 'outside_calls', service: 'openai', method: 'words', outcome });
  const showLeft = () => telemetry.level({ name: 'words_budget_left_dollars', value: ledger.left() });

  /** Without the disk nothing is spent. */
  function askLedger<T>(ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      log.error('what is spent cannot be written down', { error });
      throw new WordsError('disk');
    }
  }

  function reserve(asker: string | null, most: number, { aborted }: AbortSignal): number {
    if (aborted) throw new WordsError('timed out'); // nothing would be asked, and much be booked
    const reserved = askLedger(() => ledger.reserve(asker, most));
    if (typeof reserved === 'string') throw new WordsError(reserved);
    askLedger(showLeft);
    return reserved;
  }

  /** Where the disk fails, what was reserved stands. */
  function settle(id: number, model: string, micros: number): void {
    telemetry.count({ name: 'words_dollars', model, amount: micros / MICROS });
    try {
      ledger.settle(id, micros);
      showLeft();
    } catch (error) {
      log.error('what was spent cannot be written down', { error });
    }
  }

  async function call(
    { model, key, request, previews }: OpenaiCall,
    signal: AbortSignal,
  ): Promise<Explanation> {
    const most = mostMicros(model, request);
    const reserved = reserve(request.asker, most, signal);
    try {
      const body = bodyOf(model, request, previews);
      const completion: unknown = await clientOf(key, baseUrl).chat.completions.create(body, { signal });
      const tokens = tokensOf(completion);
      settle(reserved, model, tokens ? microsOf(model, tokens) : most);
      const explanation = explanationOf(completion, request.genre, request.language);
      count('ok');
      return explanation;
    } catch (error) {
      const failure = openaiFailure(error, calendar);
      if (!(error instanceof WordsError)) settle(reserved, model, failure.free ? 0 : most);
      count(failure.message);
      if (failure.remedy !== 'another model') {
        log.warn('a call for words has failed', { model, reason: failure.message });
      }
      throw failure;
    }
  }

  return {
    call,
    refusal({ model, request }) {
      try {
        const refusal = askLedger(() => ledger.refusal(request.asker, mostMicros(model, request)));
        return refusal && new WordsError(refusal);
      } catch (error) {
        return openaiFailure(error, calendar);
      }
    },
  };
}

function bodyOf(model: string, request: ExplainRequest, previews: Previews) {
  return {
    model,
    ...effortOf(model),
    messages: [...messagesOf(request, previews)] as unknown as OpenAI.ChatCompletionMessageParam[],
    response_format: zodResponseFormat(answerSchema, 'words'),
  };
}

/** A client for each call, for the key may be another one next time; connections are shared all the same. */
function clientOf(key: string, baseUrl: string): OpenAI {
  return new OpenAI({
    apiKey: key,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: LIBRARY_LIMIT_MS,
    logLevel: 'off',
    // what it would else read from the environment
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
  });
}

function mostMicros(model: string, request: ExplainRequest): number {
  const { max_completion_tokens: output } = effortOf(model);
  return microsOf(model, { input: mostInputTokens(request), output });
}

function tokensOf(completion: unknown): Tokens | null {
  const { data } = usageSchema.safeParse(completion);
  return data ? { input: data.usage.prompt_tokens, output: data.usage.completion_tokens } : null;
}
