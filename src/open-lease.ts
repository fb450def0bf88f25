import type { Log, Sleep } from './core/chat-ports.ts';
import type { Clock } from './core/ports.ts';
import type { LeaderLease } from './services/leader-lease.ts';

export interface OpenLeaseOptions {
  /** The table of DynamoDB that several instances share; null: there is one for each state folder, which is held already. */
  readonly storeTable: string | null;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Log;
  /** Called once at most: another instance may answer from now on. */
  lost(): void;
}

/** Not held yet. */
export async function openLease({ storeTable, ...tools }: OpenLeaseOptions): Promise<LeaderLease> {
  if (storeTable === null) return ALONE;
  const { DynamoLease } = await import('./services/dynamo-lease.ts'); // AWS's library takes a while to load
  return new DynamoLease({ ...tools, table: storeTable });
}

const ALONE: LeaderLease = {
  isHeld: true,
  health: () => ({ ok: true, detail: 'alone' }),
  take: async () => {},
  release: async () => {},
};
