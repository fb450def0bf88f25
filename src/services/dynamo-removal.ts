import type { DynamoCalls } from './dynamo-calls.ts';
import { deletionOf, type Write } from './dynamo-item.ts';
import type { Key } from './dynamo-keys.ts';

/** What is to go, in this order: what is left where it breaks off counts nowhere, and what leads to it is still there. */
export interface Removal {
  readonly counted: readonly Write[];
  readonly items: readonly Key[];
  readonly leads: readonly Key[];
}

export async function removeAll(calls: DynamoCalls, removals: readonly Removal[]): Promise<void> {
  await calls.writeAll(removals.flatMap(({ counted }) => counted));
  await calls.writeAll(removals.flatMap(({ items }) => items.map(deletionOf)));
  await calls.writeAll(removals.flatMap(({ leads }) => leads.map(deletionOf)));
}
