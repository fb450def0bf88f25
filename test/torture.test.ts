import { expect, it } from 'vitest';
import { FAULTS } from '../bench/torture/faults.ts';
import { lossesOf } from '../bench/torture/losses-of.ts';
import { runTorture } from '../bench/torture/run-torture.ts';

const MINUTE_MS = 60_000;

it('loses no photo, keeps none without leave and forgets whom it must, killed ten times while all services fail', {
  timeout: 6 * MINUTE_MS,
}, async () => {
  const scale = { photos: 100, users: 10, kills: 10, seed: 1 };
  const result = await runTorture({ ...scale, limitMs: 5 * MINUTE_MS, tell() {} });
  expect(lossesOf(result)).toEqual([]);
  const { answers, archive } = result;
  expect(result).toMatchObject({ kills: 10, forgotten: 2, told: 2, exitCode: 0 });
  expect([...result.faults.keys()]).toEqual(FAULTS.map(({ name }) => name));
  expect(answers).toMatchObject({
    photos: 100,
    answered: answers.messages - answers.givenUp,
    unexplainedCopies: 0,
  });
  // two people have said yes and stayed, with ten photos each
  expect(archive).toMatchObject({ owed: 20, kept: 20, missing: [], left: [] });
  expect(archive.votes).toBeGreaterThan(0);
});
