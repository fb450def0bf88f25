import { randomUUID } from 'node:crypto';

/**
 * A run of the archive function, as the photo's row has it while it may still be writing: until when (milliseconds since
 * 1970), and which. A set of these tells of all runs at once, however they overlap and whichever of them dies.
 */
export function newRun(until: number): string {
  return `${until} ${randomUUID()}`;
}

export function isOver(run: string, now: number): boolean {
  return Number.parseInt(run, 10) < now;
}
