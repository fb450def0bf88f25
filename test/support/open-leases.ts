import { onTestFinished } from 'vitest';
import { DynamoLease } from '../../src/services/dynamo-lease.ts';
import { openDynamoStore } from './dynamo-open-store.ts';
import type { DynamoServer } from './dynamo-server.ts';
import { recordLog } from './record-telemetry.ts';
import { makeSteppedTime, type SteppedTime } from './stepped-time.ts';

/** One instance's lease, with a clock of its own. */
export interface OpenedLease extends Omit<ReturnType<typeof recordLog>, 'log'> {
  readonly lease: DynamoLease;
  readonly time: SteppedTime;
  /** Begins to take it; resolves when it is held, or when it sleeps before it looks again. */
  begin(): Promise<void>;
  /** What `begin` has begun. */
  taking(): Promise<void>;
  /** Aborts that. */
  readonly stop: AbortController;
  /** How often another instance was seen to have it. */
  readonly stoodBy: () => number;
  /** How often it was told that it is lost. */
  readonly lost: () => number;
}

export interface LeaseScene {
  readonly server: DynamoServer;
  readonly table: string;
  /** `start` is what its clock shows at first. */
  open(start?: number): OpenedLease;
  /** The item, and nothing else that is in the table. */
  item(): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** A table of its own, which goes with the test. */
export async function openLeaseScene(): Promise<LeaseScene> {
  const { server, table, items } = await openDynamoStore();
  return {
    server,
    table,
    item: async () => (await items())[0],
    open(start) {
      const time = makeSteppedTime(start);
      const { log, lines } = recordLog();
      const counts = { stoodBy: 0, lost: 0 };
      const stop = new AbortController();
      const { clock, sleep } = time;
      const lease = new DynamoLease({ table, clock, sleep, log, lost: () => void counts.lost++ });
      onTestFinished(() => lease.release());
      let taking = Promise.resolve();
      return {
        ...{ lease, time, lines, stop },
        async begin() {
          taking = lease.take(() => void counts.stoodBy++, stop.signal);
          taking.catch(() => {}); // `taking` tells
          await Promise.race([taking, time.asleep()]);
        },
        taking: () => taking,
        stoodBy: () => counts.stoodBy,
        lost: () => counts.lost,
      };
    },
  };
}
