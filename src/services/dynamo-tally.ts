import type { Tally, TallyOf } from '../core/prediction.ts';
import type { DynamoCalls } from './dynamo-calls.ts';
import { type DaySums, dayOf } from './dynamo-days.ts';
import type { Item } from './dynamo-item.ts';
import { moment, PARTITIONS } from './dynamo-keys.ts';
import { firstWholeDay } from './first-whole-day.ts';
import { type Sum, sumUp } from './sum-up.ts';

const COUNTED = ['at', 'genre', 'confidence', 'up', 'community', 'uncounted'];

/** `oldest` is the time before which nobody's predictions are known any more. */
export async function tally(calls: DynamoCalls, of: TallyOf, oldest: number): Promise<Tally> {
  const { pseudonym, community, since } = of;
  const from = since ?? 0;
  const young = Math.max(from, oldest);
  if (pseudonym !== undefined) {
    const own = await predictionsIn(calls, PARTITIONS.person(pseudonym), young);
    const asked = own.filter((one) => community === undefined || one['community'] === community);
    return sumUp(asked.map(toSum));
  }
  if (community !== undefined) {
    return sumUp((await predictionsIn(calls, PARTITIONS.community(community), young)).map(toSum));
  }
  // in this order: what becomes a part of its day's sums in between is not missed
  const predictions = await predictionsIn(calls, PARTITIONS.all, from);
  const days = await calls.query(PARTITIONS.sums, { from: dayOf(from) });
  const closed = new Set(days.map(({ sk }) => sk));
  const open = predictions.filter((one) => !closed.has(dayOf(Number(one['at']))));
  const whole = days.filter(({ sk }) => sk >= firstWholeDay(from));
  return sumUp([...open.map(toSum), ...whole.flatMap((day) => (day as unknown as DaySums).sums)]);
}

async function predictionsIn(calls: DynamoCalls, partition: string, since: number): Promise<Item[]> {
  const items = await calls.query(partition, { from: moment(since), only: COUNTED });
  return items.filter((one) => Number(one['at']) >= since && one['uncounted'] !== true);
}

function toSum({ genre, confidence, up }: Item): Sum {
  return {
    genre: String(genre),
    photos: 1,
    confidence: Number(confidence),
    ups: up === 1 ? 1 : 0,
    downs: up === 0 ? 1 : 0,
  };
}
