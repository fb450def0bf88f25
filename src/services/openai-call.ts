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

/** One call, paid for: what it may cost is reserved before, what it did cost written down after. Throws WordsError. */
export type CallOpenai = (call: OpenaiCall, signal: AbortSignal) => Promise<Explanation>;

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
  function reserve(asker: string | null, most: number): number {
    let reserved: ReturnType<typeof ledger.reserve>;
    try {
      reserved = ledger.reserve(asker, most);
      showLeft();
    } catch (error) {
      log.error('what is spent cannot be written down', { error });
      throw new WordsError('disk');
    }
    if (typeof reserved === 'string') throw new WordsError(reserved);
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

  return async ({ model, key, request, previews }, signal) => {
    const effort = effortOf(model);
    const most = microsOf(model, {
      input: mostInputTokens(request),
      output: effort.max_completion_tokens,
    });
    const reserved = reserve(request.asker, most);
    // a client of its own, for the key may be another one next time; connections are shared all the same
    const client = new OpenAI({
      apiKey: key,
      baseURL: baseUrl,
      maxRetries: 0,
      timeout: LIBRARY_LIMIT_MS,
      logLevel: 'off',
    });
    try {
      const completion: unknown = await client.chat.completions.create(
        {
          model,
          ...effort,
          messages: [...messagesOf(request, previews)] as unknown as OpenAI.ChatCompletionMessageParam[],
          response_format: zodResponseFormat(answerSchema, 'words'),
        },
        { signal },
      );
      const tokens = tokensOf(completion);
      settle(reserved, model, tokens ? microsOf(model, tokens) : most);
      const explanation = explanationOf(completion, request.genre);
      count('ok');
      return explanation;
    } catch (error) {
      const failure = openaiFailure(error, calendar);
      if (!(error instanceof WordsError)) settle(reserved, model, failure.free ? 0 : most);
      count(failure.message);
      throw failure;
    }
  };
}

function tokensOf(completion: unknown): Tokens | null {
  const { data } = usageSchema.safeParse(completion);
  return data ? { input: data.usage.prompt_tokens, output: data.usage.completion_tokens } : null;
}
