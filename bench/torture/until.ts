import { sleep } from '../../src/services/sleep.ts';

const LOOK_EVERY_MS = 100;

/** Resolves once it holds. Rejects with the signal's reason. */
export async function until(holds: () => boolean, signal: AbortSignal): Promise<void> {
  while (!holds()) await sleep(LOOK_EVERY_MS, signal);
}
