import { keyOf, type Person } from '../core/person.ts';
import type { Prediction } from '../core/prediction.ts';
import type { AboutPerson } from '../core/store.ts';
import type { DynamoCalls } from './dynamo-calls.ts';
import type { Item } from './dynamo-item.ts';
import { beginningWith, moment, PARTITIONS } from './dynamo-keys.ts';
import { resultsAt } from './dynamo-results.ts';
import { votesOf } from './dynamo-votes.ts';

/** What is one person's, but for preferences. Results and predictions are those from the given times on. */
export async function aboutPerson(
  calls: DynamoCalls,
  person: Person,
  oldest: { readonly result: number; readonly prediction: number },
): Promise<Pick<AboutPerson, 'results' | 'votes' | 'predictions'>> {
  const key = keyOf(person);
  const [results, votes, predictions] = await Promise.all([
    calls.query(key, { ...beginningWith('result#'), newestFirst: true }),
    calls.query(key, beginningWith('vote#')),
    calls.query(PARTITIONS.person(person.pseudonym), { from: moment(oldest.prediction), newestFirst: true }),
  ]);
  const votedOn = votes.map(({ resultId }) => String(resultId));
  return {
    results: await resultsAt(calls, results, oldest.result),
    votes: await votesOf(calls, key, votedOn, oldest.result),
    predictions: predictions
      .filter((one) => Number(one['at']) >= oldest.prediction && one['uncounted'] !== true)
      .map(toPrediction),
  };
}

function toPrediction(item: Item): Prediction {
  const { id, at, platform, pseudonym, community, genre, confidence, modelVersion } =
    item as unknown as Prediction;
  return { id, at, platform, pseudonym, community, genre, confidence, modelVersion };
}
