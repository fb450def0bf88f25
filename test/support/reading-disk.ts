import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createGuardedPhotoReader } from '../../src/services/guarded-photo-reader.ts';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteReadingTrials } from '../../src/services/sqlite-reading-trials.ts';
import { makeLook } from './make-look.ts';
import { makePhotoReader } from './make-photo-reader.ts';
import { PLAIN } from './open-photo-reader.ts';
import { JAZZ } from './reading-ports.ts';
import { recordLog } from './record-telemetry.ts';

const { signal } = new AbortController();
export const bytesOf = (name: string) => new TextEncoder().encode(name);

/** Programs that follow each other on one disk. */
export function openReadingDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'reading-trials-'));
  const database = openDatabase(folder);
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const clock = { now: 1_900_000_000_000 };
  const trials = createSqliteReadingTrials({ database, calendar: () => clock.now });
  const rows = () => database.connection.prepare('SELECT deaths FROM reading_trials').all().length;
  return { clock, trials, rows, database, startProgram: () => startProgram(trials) };
}

/** A program whose readings end when they are let go. */
function startProgram(trials: ReturnType<typeof createSqliteReadingTrials>) {
  const reading = new Map<string, PromiseWithResolvers<void>>();
  const begun = Promise.withResolvers<void>();
  const { log, lines } = recordLog();
  const reader = {
    ...makePhotoReader(async (bytes) => {
      const name = new TextDecoder().decode(bytes);
      const own = reading.get(name) ?? Promise.withResolvers<void>();
      reading.set(name, own);
      await own.promise.finally(() => reading.delete(name));
      return makeLook(JAZZ);
    }),
    begun: () => begun.promise,
  };
  const guarded = createGuardedPhotoReader({ reader, trials, log });
  return {
    guarded,
    lines,
    begin: begun.resolve,
    /** What is being read. */
    names: async () => {
      await settled();
      return [...reading.keys()];
    },
    look: (name: string, by: AbortSignal = signal) => {
      const looked = guarded.look(bytesOf(name), PLAIN, by);
      looked.catch(() => {});
      return looked;
    },
    letGo: (name: string) => reading.get(name)?.resolve(),
    fail: (name: string, error: Error) => reading.get(name)?.reject(error),
  };
}

async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn();
}

type Disk = ReturnType<typeof openReadingDisk>;

/** A program that begins to read a picture and dies. */
export async function dieReading(disk: Disk, ...names: string[]): Promise<void> {
  const program = disk.startProgram();
  program.begin();
  for (const name of names) program.look(name);
  await settled();
}
