import type { Prediction } from '../core/prediction.ts';
import type { Change, DynamoCalls } from './dynamo-calls.ts';
import {
  type Attributes,
  deletionOf,
  expiresAt,
  type Item,
  leadExpiresAt,
  type Write,
} from './dynamo-item.ts';
import { beginningWith, KEYS, type Key, PARTITIONS } from './dynamo-keys.ts';
import type { Removal } from './dynamo-removal.ts';
import { KEPT_FOR } from './kept-for.ts';
import type { VoteRow } from './vote-row.ts';

/** What leads to the copies of a prediction: one for its person, one for all, and one for the community, if any. */
export type Place = Pick<Prediction, 'at' | 'pseudonym' | 'community'>;

/**
 * What is written first is the person's copy, not counted yet, so that they can always be forgotten; then the place, by
 * which a vote finds all copies; then the copies.
 */
export async function putPrediction(calls: DynamoCalls, prediction: Prediction): Promise<void> {
  const { id, at, pseudonym, community } = prediction;
  const place = JSON.stringify({ at, pseudonym, community } satisfies Place);
  const set = { place, ...expiresAt(at + KEPT_FOR.prediction) };
  const onlyIf = 'attribute_not_exists(pk) OR place = :place';
  await calls.putNew(uncounted(id, prediction));
  const before = await calls.exchange(KEYS.place(id), { set, onlyIf, values: { ':place': place } });
  if (before) {
    await calls.writeAll(copiesOf(prediction, before));
    return;
  }
  const moved = readPlace(await calls.get(KEYS.place(id)));
  const old = moved && removalOfPrediction(id, moved);
  if (old) await calls.writeAll(old.counted);
  const voted = await calls.exchange(KEYS.place(id), { set });
  await calls.writeAll([...(old?.leads ?? []).map(deletionOf), ...copiesOf(prediction, voted ?? {})]);
}

/** Lets a vote be the prediction's, unless a later one is. */
export async function countVote(calls: DynamoCalls, { resultId, up, at }: VoteRow): Promise<void> {
  await setVote(calls, resultId, {
    set: { up, votedAt: at },
    onlyIf: 'attribute_exists(pk) AND (attribute_not_exists(votedAt) OR votedAt <= :at)',
    values: { ':at': at },
  });
}

/** Lets the last of the votes that are there be the prediction's. */
export async function recountVotes(calls: DynamoCalls, id: string): Promise<void> {
  const range = { ...beginningWith('vote#'), only: ['up', 'at'] };
  const votes = (await calls.query(PARTITIONS.result(id), range)) as unknown as VoteRow[];
  const [last] = votes.toSorted((a, b) => b.at - a.at);
  const change = last ? { set: { up: last.up, votedAt: last.at } } : { set: {}, remove: ['up', 'votedAt'] };
  await setVote(calls, id, { ...change, onlyIf: 'attribute_exists(pk)' });
}

/** `place`: the attributes of an item at KEYS.place, or null. */
export function readPlace(attributes: Attributes | null): Place | null {
  return attributes && (JSON.parse(String(attributes['place'])) as Place);
}

export function removalOfPrediction(id: string, place: Place): Removal {
  const { at, pseudonym, community } = place;
  return {
    counted: [
      deletionOf(KEYS.ofAll(id, at)),
      ...(community === null ? [] : [deletionOf(KEYS.ofCommunity(id, at, community))]),
      { put: uncounted(id, place) },
    ],
    items: [KEYS.place(id)],
    leads: [KEYS.ofPerson(id, at, pseudonym)],
  };
}

/** The person's copy before it counts, and when it does so no more. */
function uncounted(id: string, { at, pseudonym, community }: Place): Item {
  const expires = leadExpiresAt(at + KEPT_FOR.prediction);
  return { ...KEYS.ofPerson(id, at, pseudonym), id, at, pseudonym, community, uncounted: true, ...expires };
}

function copiesOf(prediction: Prediction, { up, votedAt }: Attributes): Write[] {
  const { id, at, pseudonym, community, ...what } = prediction;
  const counted = { id, at, ...what, ...(up !== undefined && { up, votedAt }) };
  const until = at + KEPT_FOR.prediction;
  return [
    {
      put: { ...KEYS.ofPerson(id, at, pseudonym), ...counted, pseudonym, community, ...leadExpiresAt(until) },
    },
    ...(community === null
      ? []
      : [{ put: { ...KEYS.ofCommunity(id, at, community), ...counted, ...expiresAt(until) } }]),
    { put: { ...KEYS.ofAll(id, at), ...counted } }, // until it is a part of its day's sums
  ];
}

async function setVote(calls: DynamoCalls, id: string, change: Change): Promise<void> {
  const place = readPlace(await calls.exchange(KEYS.place(id), change));
  if (!place) return;
  const { at, pseudonym, community } = place;
  const copies: Key[] = [KEYS.ofPerson(id, at, pseudonym), KEYS.ofAll(id, at)];
  if (community !== null) copies.push(KEYS.ofCommunity(id, at, community));
  await Promise.all(copies.map((key) => calls.update(key, change)));
}
