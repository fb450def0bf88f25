import { setTimeout as wait } from 'node:timers/promises';
import type { Log, Telemetry } from '../src/core/chat-ports.ts';
import type { Explainer } from '../src/core/ports.ts';
import { createCallOpenai } from '../src/services/openai-call.ts';
import { createOpenaiExplainer } from '../src/services/openai-explainer.ts';
import { createOpenaiWords } from '../src/services/openai-words.ts';
import { openDatabase } from '../src/services/sqlite-database.ts';
import { createSqliteSpending } from '../src/services/sqlite-spending.ts';
import type { WordsCache } from '../src/services/sqlite-words.ts';

const NO_CACHE: WordsCache = { get: () => null, put() {}, about: () => [], forget() {}, purge() {} };

export interface OpenaiWordsOptions {
  readonly key: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
  readonly dailyBudgetUsd: number;
  /** The bot's: what is spent here is spent there. */
  readonly stateFolder: string;
  readonly fallback: Explainer;
  /** Hears why words are not OpenAI's. */
  readonly complain: (line: string) => void;
}

/** OpenAI's words as the bot has them, out of its budget, but made anew each time. */
export function openOpenaiWords(options: OpenaiWordsOptions) {
  const { key, dailyBudgetUsd, stateFolder, complain } = options;
  let dollars = 0;
  const telemetry: Telemetry = {
    count(event) {
      if (event.name === 'words_dollars') dollars += event.amount;
      if (event.name === 'words' && event.source === 'local') complain(`no words by OpenAI: ${event.reason}`);
    },
    time() {},
    level() {},
  };
  const warn = (message: string) => complain(message);
  const log: Log = { debug() {}, info() {}, warn, error: warn };
  const clock = () => performance.now();
  const database = openDatabase(stateFolder);
  const credentials = { get: () => key, refresh: async () => false };
  const calendar = Date.now;
  const spending = { database, calendar, dailyBudgetUsd, dailyCalls: Number.POSITIVE_INFINITY };
  const shared = { ...options, credentials, telemetry, log, clock, calendar };
  const words = createOpenaiWords({
    ...shared,
    call: createCallOpenai({ ...shared, ledger: createSqliteSpending(spending) }),
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    limitMs: 20_000,
    restMs: 60_000,
  });
  return {
    explainer: createOpenaiExplainer({ ...shared, words, cache: NO_CACHE }),
    dollars: () => dollars,
    async close() {
      await words.close();
      database.close();
    },
  };
}
