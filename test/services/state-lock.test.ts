import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StateError } from '../../src/services/sqlite-database.ts';
import { holdStateFolder } from '../../src/services/state-lock.ts';
import { recordLog } from '../support/record-telemetry.ts';

let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'vibe-lock-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

const { signal } = new AbortController();
const { log } = recordLog();

function hold(given: { waitMs?: number; onPause?: () => void; stateFolder?: string } = {}) {
  const pauses: number[] = [];
  const sleep = async (ms: number) => {
    pauses.push(ms);
    given.onPause?.();
  };
  const options = { stateFolder: given.stateFolder ?? stateFolder, waitMs: given.waitMs ?? 2000, sleep, log };
  return { pauses, held: holdStateFolder(options, signal) };
}

it('is had at once, and by one only', async () => {
  const free = await hold().held;
  const { pauses, held } = hold();
  await expect(held).rejects.toMatchObject({ reason: 'in-use' });
  expect(pauses).toEqual([500, 500, 500, 500]);
  free();
});

it('is had as soon as the other is gone', async () => {
  const free = await hold().held;
  const { pauses, held } = hold({ onPause: free });
  const freeAgain = await held;
  expect(pauses).toEqual([500]);
  freeAgain();
});

it('cannot be had where nothing can be written', async () => {
  const file = join(stateFolder, 'file');
  await writeFile(file, '');
  await expect(hold({ stateFolder: file }).held).rejects.toBeInstanceOf(StateError);
});
