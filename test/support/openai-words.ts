import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import type { ExplainRequest } from '../../src/core/ports.ts';
import type { Previews } from '../../src/core/types.ts';
import { createLocalExplainer } from '../../src/services/local-explainer.ts';
import { createCallOpenai } from '../../src/services/openai-call.ts';
import { createOpenaiExplainer } from '../../src/services/openai-explainer.ts';
import { DEFAULT_MODELS } from '../../src/services/openai-models.ts';
import { createOpenaiWords } from '../../src/services/openai-words.ts';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteSpending } from '../../src/services/sqlite-spending.ts';
import { createSqliteWords } from '../../src/services/sqlite-words.ts';
import { EPOCH } from './fake-time.ts';
import { makeExplainRequest } from './make-explain-request.ts';
import { type FakeOpenai, startFakeOpenai } from './openai/fake-openai.ts';
import { flat } from './pictures.ts';
import { recordLog, recordTelemetry } from './record-telemetry.ts';

export const PREVIEWS: Previews = {
  photo: await flat(512, 384, 'brown').jpeg().toBuffer(),
  heatmap: await flat(512, 384, 'gold').jpeg().toBuffer(),
};

export interface OpenWordsOptions {
  /** A server that runs already. */
  readonly fake?: FakeOpenai;
  /** What an earlier run has left. */
  readonly folder?: string;
  readonly models?: readonly string[];
  readonly dailyBudgetUsd?: number;
  readonly dailyCalls?: number;
  readonly limitMs?: number;
  readonly restMs?: number;
}

/** The explainer as the program has it, with a server of ours; time stands still unless `time.now` is moved, pauses pass at once. */
export async function openWords(options: OpenWordsOptions = {}) {
  const fake = options.fake ?? (await startFakeOpenai());
  if (!options.fake) onTestFinished(() => fake.close());
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'words-'));
  if (!options.folder) onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = openDatabase(folder);
  onTestFinished(() => database.close());
  const { log, lines } = recordLog();
  const { telemetry, counted, levels } = recordTelemetry();
  const time = { now: EPOCH };
  const secret = {
    key: fake.key as string | null,
    next: null as string | null,
    refreshes: 0,
    refreshing: Promise.resolve(),
  };
  const pauses: number[] = [];
  const calendar = () => time.now;
  const { dailyBudgetUsd = 1, dailyCalls = 40, models = DEFAULT_MODELS } = options;
  const credentials = {
    get: () => secret.key,
    async refresh(_name: string, refused: string) {
      secret.refreshes += 1;
      await secret.refreshing;
      if (secret.next === null || secret.next === refused) return false;
      secret.key = secret.next;
      return true;
    },
  };
  const ledger = createSqliteSpending({ database, calendar, dailyBudgetUsd, dailyCalls });
  const cache = createSqliteWords({ database, calendar });
  const words = createOpenaiWords({
    call: createCallOpenai({ baseUrl: fake.url, ledger, telemetry, log, calendar }),
    credentials,
    models,
    clock: calendar,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      pauses.push(ms);
    },
    log,
    limitMs: options.limitMs ?? 20_000,
    restMs: options.restMs ?? 60_000,
  });
  const fallback = createLocalExplainer();
  const explainer = createOpenaiExplainer({
    ...{ words, cache, credentials, fallback, telemetry, log },
    clock: calendar,
  });
  const request = (given: Partial<ExplainRequest> = {}) =>
    makeExplainRequest({ asker: 'telegram:user:1', previews: async () => PREVIEWS, ...given });
  return {
    ...{
      words,
      fake,
      folder,
      database,
      lines,
      counted,
      levels,
      time,
      secret,
      pauses,
      ledger,
      cache,
      explainer,
      request,
    },
    explain: (given: Partial<ExplainRequest> = {}, signal = new AbortController().signal) =>
      explainer.explain(request(given), signal),
    local: (given: Partial<ExplainRequest> = {}) =>
      fallback.explain(request(given), new AbortController().signal),
    /** 'openai answered', 'local refusal' … */
    reasons: () =>
      counted.flatMap((event) => (event.name === 'words' ? [`${event.source} ${event.reason}`] : [])),
    expectNoKey() {
      const told = inspect([lines, counted], { depth: 12 });
      for (const key of [fake.key, secret.key, secret.next]) if (key) expect(told).not.toContain(key);
    },
  };
}
