import type { Calendar } from '../core/chat-ports.ts';
import type { Choice } from '../core/choice.ts';
import { keyOf } from '../core/person.ts';
import type { Store } from '../core/store.ts';
import { LANGUAGE_CODES, type Language } from '../core/types.ts';
import { type ChoiceRow, fromChoiceRow, toChoiceRow } from './choice-row.ts';
import type { DynamoCalls } from './dynamo-calls.ts';
import { closeDays } from './dynamo-days.ts';
import { forgetPerson } from './dynamo-forget.ts';
import type { Attributes } from './dynamo-item.ts';
import { KEYS } from './dynamo-keys.ts';
import { aboutPerson } from './dynamo-person.ts';
import { putPrediction } from './dynamo-predictions.ts';
import { latestResults, putResult, resultOf } from './dynamo-results.ts';
import { createDynamoTable } from './dynamo-table.ts';
import { tally } from './dynamo-tally.ts';
import { putVote, votesOf } from './dynamo-votes.ts';
import { KEPT_FOR } from './kept-for.ts';
import { withStorageErrors } from './storage-errors.ts';

export interface DynamoStoreOptions {
  /** With a partition key pk and a sort key sk, both texts, and a TTL in `expires`. */
  readonly table: string;
  readonly calendar: Calendar;
  /** For an operation with all its calls and attempts; 2,000 unless told. */
  readonly limitMs?: number;
  /** The same for tally and purge, which read all that is counted; 10,000 unless told. */
  readonly longLimitMs?: number;
}

const LIMIT_MS = 2000;
const LONG_LIMIT_MS = 10_000;

/**
 * The Store in one table of DynamoDB. Results, votes and whose a prediction was are deleted by the table's TTL. Every
 * operation may be broken off anywhere and done again; who is forgotten after one was broken off is forgotten wholly.
 */
export function createDynamoStore(options: DynamoStoreOptions): Store & { close(): void } {
  const { table: name, calendar, limitMs = LIMIT_MS, longLimitMs = LONG_LIMIT_MS } = options;
  const table = createDynamoTable({ table: name, limitMs });
  const { operation: run } = table;
  const oldest = (what: keyof typeof KEPT_FOR) => calendar() - KEPT_FOR[what];
  const change = (id: string, set: Attributes) =>
    run(async (calls) => void (await calls.update(KEYS.result(id), { set, onlyIf: 'attribute_exists(pk)' })));

  const store = withStorageErrors<Store>({
    language: (key) => run((calls) => languageOf(calls, key)),
    setLanguage: (key, language) => run((calls) => calls.put({ ...KEYS.language(key), language })),
    choice: (key) => run((calls) => choiceOf(calls, key)),
    setChoice: (key, choice) =>
      run(async (calls) => {
        const item = { ...KEYS.choice(key), ...toChoiceRow(choice) };
        return choice.keep === null ? calls.putNew(item) : calls.put(item).then(() => true);
      }),
    putResult: (result) => run((calls) => putResult(calls, result)),
    result: (id) => run((calls) => resultOf(calls, id, oldest('result'))),
    latestResults: (platform, owner, limit) =>
      run((calls) =>
        latestResults(calls, keyOf({ platform, id: owner }), { limit, oldest: oldest('result') }),
      ),
    setPosted: (id, posted) => change(id, { posted: JSON.stringify(posted) }),
    setExplanation: (id, explanation) => change(id, { explanation: JSON.stringify(explanation) }),
    setShared: (id) => change(id, { shared: 1 }),
    putVote: (vote) => run((calls) => putVote(calls, vote, oldest('result'))),
    vote: (resultId, voter) =>
      run(async (calls) => (await votesOf(calls, voter, [resultId], oldest('result')))[0] ?? null),
    putPrediction: (prediction) => run((calls) => putPrediction(calls, prediction)),
    tally: (of) => run((calls) => tally(calls, of, oldest('prediction')), longLimitMs),
    about: (person) =>
      run(async (calls) => {
        const key = keyOf(person);
        const since = { result: oldest('result'), prediction: oldest('prediction') };
        const [language, choice, about] = await Promise.all([
          languageOf(calls, key),
          choiceOf(calls, key),
          aboutPerson(calls, person, since),
        ]);
        return { language, choice, ...about };
      }),
    forget: (person) => run((calls) => forgetPerson(calls, person, calendar())),
    purge: () => run((calls) => closeDays(calls, oldest('prediction')), longLimitMs),
  });
  return { ...store, close: () => table.close() };
}

async function languageOf(calls: DynamoCalls, key: string): Promise<Language | null> {
  const item = await calls.get(KEYS.language(key));
  return LANGUAGE_CODES.find((code) => code === item?.['language']) ?? null;
}

async function choiceOf(calls: DynamoCalls, key: string): Promise<Choice | null> {
  const item = await calls.get(KEYS.choice(key));
  return item && fromChoiceRow(item as unknown as ChoiceRow);
}
