import { expect, it } from 'vitest';
import { runSpotDrill } from '../bench/spot-drill/run-spot-drill.ts';

const MINUTE_MS = 60_000;
const LIMITS = { people: 4, limitMs: 4 * MINUTE_MS };

/** Every photo was answered once, and no two instances were ever there at once. */
const WELL = { exitCode: 77, twice: 0, lost: 0, conflicts: 0, violations: 0 };

it('an instance that EC2 takes away is replaced by one that gets its volume: each photo is answered once', {
  timeout: 5 * MINUTE_MS,
}, async () => {
  const result = await runSpotDrill({ ...LIMITS, end: 'interruption', volume: 'moves', isStuck: false });
  expect(result).toMatchObject({ ...WELL, laterExitCodes: [0] });
  expect(result.once).toBe(result.photos);
  expect(result.photos).toBeGreaterThan(LIMITS.people);
});

it('what it cannot finish in time is answered by a third one that gets its volume, while a second one answers all that is new', {
  timeout: 5 * MINUTE_MS,
}, async () => {
  const result = await runSpotDrill({ ...LIMITS, end: 'rebalance', volume: 'own', isStuck: true });
  expect(result).toMatchObject({ ...WELL, isLeft: true, laterExitCodes: [0, 0] });
  expect(result.once).toBe(result.photos);
  expect(result.photos).toBeGreaterThan(LIMITS.people);
});
