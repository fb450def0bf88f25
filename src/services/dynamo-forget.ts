import { keyOf, type Person } from '../core/person.ts';
import type { DynamoCalls } from './dynamo-calls.ts';
import { deletionOf, type Item, mayLeadNowhere } from './dynamo-item.ts';
import { beginningWith, KEYS, PARTITIONS } from './dynamo-keys.ts';
import { type Place, readPlace, recountVotes, removalOfPrediction } from './dynamo-predictions.ts';
import { type Removal, removeAll } from './dynamo-removal.ts';
import { ownKeyOf } from './dynamo-results.ts';
import type { ResultRow } from './result-row.ts';

/** So many at a time are quite gone before the next: whoever has more than the time allows is forgotten in several tries. */
const AT_A_TIME = 25;

/** `now`: milliseconds since 1970. */
export async function forgetPerson(calls: DynamoCalls, person: Person, now: number): Promise<void> {
  const key = keyOf(person);
  for (const leads of inParts(await calls.query(key, beginningWith('result#')))) {
    await forgetResults(calls, leads);
  }
  for (const leads of inParts(await calls.query(key, beginningWith('vote#')))) {
    await forgetVotes(calls, { voter: key, leads, now });
  }
  for (const copies of inParts(await calls.query(PARTITIONS.person(person.pseudonym)))) {
    await forgetPredictions(calls, copies);
  }
  await calls.writeAll([KEYS.language(key), KEYS.choice(key)].map(deletionOf));
}

async function forgetResults(calls: DynamoCalls, leads: readonly Item[]): Promise<void> {
  const removals = leads.map(async (lead) => {
    const items = await partitionOf(calls, String(lead['id']));
    const own = items.some((item) => isAt(item, 'result') && ownKeyOf(toRow(item)).pk === lead.pk);
    const { counted, items: all, leads: others } = removalOf(String(lead['id']), own ? items : []);
    return { counted, items: all, leads: [...others, lead] };
  });
  await removeAll(calls, await Promise.all(removals));
}

async function forgetVotes(
  calls: DynamoCalls,
  { voter, leads, now }: { readonly voter: string; readonly leads: readonly Item[]; readonly now: number },
): Promise<void> {
  const idOf = ({ resultId }: Item) => String(resultId);
  await calls.writeAll(leads.map((lead) => deletionOf(KEYS.vote(idOf(lead), voter))));
  // when it is due, others' votes on the same result are, too, and what they counted is to stay
  const whole = leads.filter((lead) => !mayLeadNowhere(lead, now));
  await Promise.all(whole.map((lead) => recountVotes(calls, idOf(lead))));
  await calls.writeAll(leads.map(deletionOf));
}

async function forgetPredictions(calls: DynamoCalls, copies: readonly Item[]): Promise<void> {
  const removals = copies.map((copy) => {
    const { id, at, pseudonym, community } = copy as unknown as Place & { readonly id: string };
    return removalOfPrediction(id, { at, pseudonym, community });
  });
  await removeAll(calls, removals);
}

async function partitionOf(calls: DynamoCalls, id: string): Promise<Item[]> {
  const only = ['pk', 'sk', 'id', 'platform', 'owner', 'createdAt', 'voter', 'place'];
  return calls.query(PARTITIONS.result(id), { only });
}

/** `items` are those of its partition. */
function removalOf(id: string, items: readonly Item[]): Removal {
  const place = items.find((item) => isAt(item, 'place'));
  const found = place && readPlace(place);
  const prediction = found ? removalOfPrediction(id, found) : null;
  const votes = items.filter(({ voter }) => voter !== undefined);
  const results = items.filter((item) => isAt(item, 'result'));
  return {
    counted: prediction?.counted ?? [],
    items,
    leads: [
      ...(prediction?.leads ?? []),
      ...votes.map(({ voter }) => KEYS.ownVote(String(voter), id)),
      ...results.map((item) => ownKeyOf(toRow(item))),
    ],
  };
}

function isAt({ sk }: Item, place: 'result' | 'place'): boolean {
  return sk === place;
}

function toRow(item: Item): ResultRow {
  return item as unknown as ResultRow;
}

function inParts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_A_TIME) }, (_, index) =>
    all.slice(index * AT_A_TIME, (index + 1) * AT_A_TIME),
  );
}
