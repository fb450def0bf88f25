import type { DynamoCalls } from './dynamo-calls.ts';
import { deletionOf, type Item } from './dynamo-item.ts';
import { KEYS, moment, PARTITIONS } from './dynamo-keys.ts';
import type { Sum } from './sum-up.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The item at KEYS.sums. */
export interface DaySums {
  readonly sums: readonly DaySum[];
}

interface DaySum extends Sum {
  readonly platform: string;
  readonly modelVersion: string;
}

/** YYYY-MM-DD, UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/**
 * Makes predictions the sums of their days, of which nothing lies after `oldest`. A day's sums are written once and as one
 * item; from then on its predictions count no more, whether they are deleted already or not.
 */
export async function closeDays(calls: DynamoCalls, oldest: number): Promise<void> {
  const end = Math.floor(oldest / DAY_MS) * DAY_MS;
  for (;;) {
    const { value: [first] = [] } = await calls.pages(PARTITIONS.all, { to: moment(end), limit: 1 }).next();
    if (!first) return;
    const day = dayOf(Number(first['at']));
    const start = Date.parse(day);
    const range = { from: moment(start), to: moment(start + DAY_MS) };
    const predictions = await calls.query(PARTITIONS.all, range);
    await calls.putNew({ ...KEYS.sums(day), sums: sumsOf(predictions) });
    await calls.writeAll(predictions.map(deletionOf));
  }
}

function sumsOf(predictions: readonly Item[]): DaySum[] {
  const sums = new Map<string, DaySum>();
  for (const one of predictions) {
    const { platform, genre, modelVersion } = one as unknown as DaySum;
    const name = JSON.stringify([platform, genre, modelVersion]);
    const { photos, confidence, ups, downs } = sums.get(name) ?? NOTHING;
    sums.set(name, {
      platform,
      genre,
      modelVersion,
      photos: photos + 1,
      confidence: confidence + Number(one['confidence']),
      ups: ups + (one['up'] === 1 ? 1 : 0),
      downs: downs + (one['up'] === 0 ? 1 : 0),
    });
  }
  return [...sums.values()];
}

const NOTHING = { photos: 0, confidence: 0, ups: 0, downs: 0 };
