import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ArchiveOutbox, type OutboxSize } from '../../src/services/archive-outbox.ts';
import { recordLog } from './record-telemetry.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'outbox-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An outbox in a folder that goes with the test, or in one that an earlier one has left. */
export async function openOutbox(given: { folder?: string; maxBytes?: number } = {}) {
  const folder = given.folder ?? (await makeFolder());
  const { log, lines } = recordLog();
  const sizes: OutboxSize[] = [];
  const maxBytes = given.maxBytes ?? 1e6;
  const outbox = new ArchiveOutbox({ folder, maxBytes, log, changed: (size) => void sizes.push(size) });
  await outbox.open();
  return { outbox, folder, lines, size: () => sizes.at(-1) };
}
