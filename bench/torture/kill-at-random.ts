import { sleep } from '../../src/services/sleep.ts';
import type { ProgramKeeper } from './program-keeper.ts';

export interface KillAtRandomOptions {
  readonly program: ProgramKeeper;
  readonly kills: number;
  random(limit: number): number;
  /** Called after each one, when the next program listens. */
  killed(count: number): void;
  readonly signal: AbortSignal;
}

/** A program that has just begun to listen takes up what the one before it has left. */
const LONGEST_LIFE_MS = 4000;
/** One in so many lives long enough to have somebody forgotten: after a start that waits for calls that may go on. */
const LONG_LIFE_EVERY = 20;
const LONG_LIFE_MS = 14_000;

export async function killAtRandom({
  program,
  kills,
  random,
  killed,
  signal,
}: KillAtRandomOptions): Promise<void> {
  for (let count = 1; count <= kills; count += 1) {
    const isLong = count % LONG_LIFE_EVERY === LONG_LIFE_EVERY / 2;
    await sleep(isLong ? LONG_LIFE_MS + random(LONGEST_LIFE_MS) : random(LONGEST_LIFE_MS), signal);
    await program.replace();
    killed(count);
  }
}
