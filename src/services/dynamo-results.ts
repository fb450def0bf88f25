import { keyOf } from '../core/person.ts';
import type { PlatformName } from '../core/request.ts';
import type { StoredResult } from '../core/stored-result.ts';
import type { DynamoCalls } from './dynamo-calls.ts';
import { type Attributes, expiresAt, type Item, leadExpiresAt } from './dynamo-item.ts';
import { beginningWith, KEYS, type Key, moment } from './dynamo-keys.ts';
import { KEPT_FOR } from './kept-for.ts';
import { fromResultRow, type ResultRow, toResultRow } from './result-row.ts';

/** Some results of a page were never posted, or put again later. */
const SPARE = 10;

export async function putResult(calls: DynamoCalls, result: StoredResult): Promise<void> {
  const row = toResultRow(result);
  const { id, createdAt } = row;
  const until = createdAt + KEPT_FOR.result;
  // first: no result is without what leads to it
  await calls.put({ ...ownKeyOf(row), id, createdAt, ...leadExpiresAt(until) });
  await calls.put({ ...KEYS.result(id), ...row, ...expiresAt(until) });
}

/** `oldest`: results from then on are still known. */
export async function resultOf(calls: DynamoCalls, id: string, oldest: number): Promise<StoredResult | null> {
  return readResult(await calls.get(KEYS.result(id)), oldest);
}

/** Newest first; only those that were posted. */
export async function latestResults(
  calls: DynamoCalls,
  key: string,
  { limit, oldest }: { readonly limit: number; readonly oldest: number },
): Promise<StoredResult[]> {
  const latest: StoredResult[] = [];
  if (limit <= 0) return latest;
  const { to } = beginningWith('result#');
  const range = { from: `result#${moment(oldest)}`, to, newestFirst: true, limit: limit + SPARE };
  for await (const page of calls.pages(key, range)) {
    const results = await resultsAt(calls, page, oldest);
    latest.push(...results.filter(({ posted }) => posted !== null));
    if (latest.length >= limit) break;
  }
  return latest.slice(0, limit);
}

/** What `leads`, items at KEYS.ownResult, lead to, in their order. */
export async function resultsAt(
  calls: DynamoCalls,
  leads: readonly Item[],
  oldest: number,
): Promise<StoredResult[]> {
  const items = await calls.getAll(leads.map(({ id }) => KEYS.result(String(id))));
  const byLead = new Map(items.map((item) => [nameOf(ownKeyOf(item as unknown as ResultRow)), item]));
  return leads
    .map((lead) => readResult(byLead.get(nameOf(lead)) ?? null, oldest))
    .filter((result) => result !== null);
}

/** What leads to a result; others may have done so before it was put again. */
export function ownKeyOf({
  platform,
  owner,
  createdAt,
  id,
}: Pick<ResultRow, 'platform' | 'owner' | 'createdAt' | 'id'>): Key {
  return KEYS.ownResult(keyOf({ platform: platform as PlatformName, id: owner }), createdAt, id);
}

function nameOf({ pk, sk }: Key): string {
  return JSON.stringify([pk, sk]);
}

function readResult(item: Attributes | null, oldest: number): StoredResult | null {
  const row = item as unknown as ResultRow | null;
  return row && row.createdAt >= oldest ? fromResultRow(row) : null;
}
