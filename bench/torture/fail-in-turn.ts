import { sleep } from '../../src/services/sleep.ts';
import { FAULTS } from './faults.ts';
import type { World } from './world.ts';

export interface FailInTurnOptions {
  readonly world: World;
  random(limit: number): number;
  /** Ends it: what is under way heals. */
  readonly signal: AbortSignal;
}

const SHORTEST_MS = 1000;
const LONGEST_MS = 3000;

/** Lets one service after the other fail for a while, again and again; gives how often each fault was there. */
export async function failInTurn({ world, random, signal }: FailInTurnOptions): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const oneIn = (calls: number) => () => random(calls) === 0;
  for (let turn = 0; !signal.aborted; turn += 1) {
    const fault = FAULTS[turn % FAULTS.length];
    if (!fault) break;
    const begun = fault.begin(world, oneIn);
    counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
    await sleep(SHORTEST_MS + random(LONGEST_MS - SHORTEST_MS), signal).catch(() => {});
    for (const one of begun) one.release();
  }
  return counts;
}
