import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AcceptOptions } from '../../src/core/chat-ports.ts';
import type { Request } from '../../src/core/request.ts';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteInbox } from '../../src/services/sqlite-inbox.ts';
import { GROUP, makeVibe } from './make-request.ts';

export const START = 1_900_000_000_000;

/** An inbox on disk, and short ways to put in and take out. */
export function startInbox() {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-inbox-'));
  const database = openDatabase(folder);
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const clock = { now: START };
  const calendar = () => clock.now;
  const inbox = createSqliteInbox({ database, calendar });
  const accept = (asker: string, key: string, options: Partial<AcceptOptions> = {}) =>
    inbox.accept(photoRequest(asker, key), {
      lane: 'photo',
      key,
      groupKey: null,
      notBefore: clock.now,
      ...options,
    });
  const taken = async (perAsker = 1, lane: AcceptOptions['lane'] = 'photo') =>
    (await inbox.take(lane, perAsker))?.key ?? null;
  return { inbox, database, clock, calendar, accept, taken };
}

export function photoRequest(asker: string, reference: string): Request {
  return {
    platform: 'telegram',
    asker: { id: asker, locale: null },
    chat: GROUP,
    address: { chat: -5, message: 12, topic: null },
    call: makeVibe({ images: [{ fileId: reference }] }),
    answerBy: null,
  };
}
