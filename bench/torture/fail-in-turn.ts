import { sleep } from '../../src/services/sleep.ts';
import { FAULTS, type TortureFault } from './faults.ts';
import type { World } from './world.ts';

export interface FailInTurnOptions {
  readonly world: World;
  random(limit: number): number;
  /** Ends it once the one that is under way is over: all is healed then. */
  readonly signal: AbortSignal;
}

/** What has begun is let go on for its time. */
const NEVER = new AbortController().signal;
const SHORTEST_MS = 500;
const LONGEST_MS = 2000;

/** Lets one service after the other fail for a while, each at least once; gives how often each fault was there. */
export async function failInTurn({ world, random, signal }: FailInTurnOptions): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const oneIn = (calls: number) => () => random(calls) === 0;
  for (let turn = 0; turn < FAULTS.length || !signal.aborted; turn += 1) {
    const fault = FAULTS[turn % FAULTS.length] as TortureFault;
    const begun = fault.begin(world, oneIn);
    counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
    await sleep(SHORTEST_MS + random(LONGEST_MS - SHORTEST_MS), NEVER);
    for (const one of begun) one.release();
  }
  return counts;
}
