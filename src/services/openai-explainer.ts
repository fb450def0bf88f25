import type { Log, Telemetry } from '../core/chat-ports.ts';
import type { Clock, Explainer, ExplainRequest } from '../core/ports.ts';
import type { Explanation } from '../core/types.ts';
import type { Credentials } from './credentials.ts';
import { PROMPT_VERSION } from './openai-prompt.ts';
import type { OpenaiWords } from './openai-words.ts';
import { createSingleFlight } from './share-flight.ts';
import type { WordsCache } from './sqlite-words.ts';
import { WordsError } from './words-error.ts';

export interface OpenaiExplainerOptions {
  readonly words: Pick<OpenaiWords, 'ask' | 'refusal'>;
  readonly cache: WordsCache;
  readonly credentials: Credentials;
  /** Whose words stand in where there are no others. */
  readonly fallback: Explainer;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly clock: Clock;
}

/** Words by a model of OpenAI's, or of a server that speaks like it; where they cannot be had, those of the fallback. */
export function createOpenaiExplainer(options: OpenaiExplainerOptions): Explainer {
  const { words, cache, credentials, fallback, telemetry, log, clock } = options;
  const flights = createSingleFlight<Explanation | WordsError>();
  const hasKey = () => credentials.get('OPENAI_API_KEY') !== null;
  const count = (source: Explanation['source'], reason: string) =>
    telemetry.count({ name: 'words', source, reason });

  /** What keeps the disk from being written costs a call at another time, and no answer. */
  function keep(key: string, explanation: Explanation): void {
    try {
      cache.put(key, explanation);
    } catch (error) {
      log.error('words could not be kept', { error });
    }
  }

  async function fetchWords(key: string, request: ExplainRequest): Promise<Explanation | WordsError> {
    const began = clock();
    try {
      const explanation = await words.ask(request);
      keep(key, explanation);
      return explanation;
    } catch (error) {
      if (error instanceof WordsError) return error;
      log.error('words could not be had', { error });
      return new WordsError('bug');
    } finally {
      telemetry.time('words', clock() - began);
    }
  }

  async function wordsOf(request: ExplainRequest, signal: AbortSignal): Promise<Explanation | WordsError> {
    const key = [PROMPT_VERSION, request.sha256, request.genre, request.language].join(' ');
    try {
      const kept = cache.get(key);
      if (kept) {
        count('openai', 'cached');
        return kept;
      }
    } catch (error) {
      // without the disk nobody knows what is spent
      log.error('kept words could not be read', { error });
      return new WordsError('disk');
    }
    // each for themselves: whoever has had enough must not be the one who asks for others
    const refusal = words.refusal(request);
    if (refusal) return refusal;
    const answer = await flights.join(key, () => fetchWords(key, request), signal);
    if (!(answer instanceof WordsError)) count('openai', 'answered');
    return answer;
  }

  return {
    get wantsPreviews() {
      return hasKey();
    },
    async explain(request, signal) {
      signal.throwIfAborted();
      if (!hasKey()) {
        count('local', 'no key');
        return fallback.explain(request, signal);
      }
      const answer = await wordsOf(request, signal);
      if (!(answer instanceof WordsError)) return answer;
      count('local', answer.message);
      return { ...(await fallback.explain(request, signal)), standIn: true };
    },
  };
}
