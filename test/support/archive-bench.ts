import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Archive } from '../../src/core/archive.ts';
import type { CountedEvent, Level, Sleep, Telemetry } from '../../src/core/chat-ports.ts';
import type { Request } from '../../src/core/request.ts';
import { ArchiveDrain } from '../../src/services/archive-drain.ts';
import { ArchiveOutbox } from '../../src/services/archive-outbox.ts';
import type {
  ArchiveAnswer,
  ArchiveEvent,
  EraseAnswer,
  EraseEvent,
} from '../../src/services/archive-protocol.ts';
import { ArchiveTraffic } from '../../src/services/archive-traffic.ts';
import { ErasureQueue } from '../../src/services/erasure-queue.ts';
import { createLambdaArchive } from '../../src/services/lambda-archive.ts';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteErasures } from '../../src/services/sqlite-erasures.ts';
import { createSqliteKeptPhotos } from '../../src/services/sqlite-kept-photos.ts';
import { EPOCH } from './fake-time.ts';
import { recordLog } from './record-telemetry.ts';

/** Milliseconds that a call runs on after nobody waits for it. */
export const RUNS_ON_MS = 10 * 60_000;

export interface ArchiveBenchOptions {
  /** What the archive says to a photo; `nth` counts its calls from 1. */
  readonly deliver?: (event: ArchiveEvent, nth: number) => ArchiveAnswer | Promise<ArchiveAnswer>;
  readonly erase?: (event: EraseEvent, nth: number) => EraseAnswer | Promise<EraseAnswer>;
  readonly tell?: (request: Request, key: string) => Promise<void>;
  readonly usual?: Archive['usual'];
  readonly canErase?: boolean;
  readonly maxBytes?: number;
  /** What an earlier run has left. */
  readonly folder?: string;
}

/** The archive as the program has it, but for AWS. Time stands still but for pauses, which pass at once. */
export async function openArchiveBench(options: ArchiveBenchOptions = {}) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'archive-')));
  if (!options.folder) onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const happened = makeHappened();
  const time = { now: EPOCH };
  const calendar = () => time.now;
  const pauses: number[] = [];
  const sleep: Sleep = async (ms, signal) => {
    signal.throwIfAborted();
    pauses.push(ms);
    time.now += ms;
    happened.note();
    await new Promise(setImmediate);
  };
  const counted: CountedEvent[] = [];
  const levels = new Map<Level['name'], number>();
  const telemetry: Telemetry = {
    count(event) {
      counted.push(event);
      happened.note();
    },
    time() {},
    level: ({ name, value }) => void levels.set(name, value),
  };
  const { log: silent, lines } = recordLog();
  const log = {
    ...silent,
    error(message: string, details?: Readonly<Record<string, unknown>>) {
      silent.error(message, details);
      happened.note();
    },
  };
  const outbox = new ArchiveOutbox({
    folder: join(folder, 'outbox'),
    maxBytes: options.maxBytes ?? 1e6,
    log,
    changed: () => happened.note(),
  });
  await outbox.open();
  const database = openDatabase(folder);
  const erasures = createSqliteErasures({ database, calendar });
  const mayRunOn = outbox.waiting().length > 0 || erasures.open().length > 0;
  const traffic = new ArchiveTraffic({ calendar, runsOnMs: RUNS_ON_MS, mayRunOn });
  const tools = { calendar, sleep, telemetry, log, traffic };
  const delivered: ArchiveEvent[] = [];
  const erased: EraseEvent[] = [];
  const told: { readonly request: Request; readonly key: string; readonly at: number }[] = [];
  const drain = new ArchiveDrain({
    ...tools,
    outbox,
    isHeld: erasures.isAsked,
    async deliver(event) {
      delivered.push(event);
      happened.note();
      const stored = { status: 'stored', sha256: event.sha256, created: true } as const;
      return (await options.deliver?.(event, delivered.length)) ?? stored;
    },
  });
  const queue = new ErasureQueue({
    ...tools,
    erasures,
    async erase(event) {
      erased.push(event);
      happened.note();
      const done = { status: 'erased', records: 1, images: 1 } as const;
      return (await options.erase?.(event, erased.length)) ?? done;
    },
    async tell(request, key) {
      await options.tell?.(request, key);
      told.push({ request, key, at: time.now });
      happened.note();
    },
    erased: () => drain.wake(),
  });
  const archive = createLambdaArchive({
    ...{ usual: options.usual ?? 'ask', outbox, erasures, telemetry, log },
    photos: createSqliteKeptPhotos({ database, calendar }),
    canErase: options.canErase ?? true,
    wake() {
      drain.wake();
      queue.wake();
    },
  });
  /** As /forget does, with nothing else to delete. */
  const forget = async (pseudonym: string, request: Request) => {
    const at = time.now;
    await archive.forget(pseudonym, at);
    return archive.tellForgotten(pseudonym, at, request);
  };
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await Promise.all([drain.close(), queue.close()]);
    database.close();
  };
  onTestFinished(close);
  return {
    ...{ archive, forget, outbox, drain, queue, erasures, folder, time, pauses, counted, levels, lines },
    ...{ delivered, erased, told, close, until: happened.until },
    start() {
      drain.start();
      queue.start();
    },
  };
}

/** Lets a test wait for what it expects, looking whenever something has happened. */
function makeHappened() {
  const looks = new Set<() => void>();
  return {
    note() {
      for (const look of looks) look();
    },
    async until(isSo: () => boolean): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (isSo()) resolve();
      };
      looks.add(look);
      look();
      await promise.finally(() => looks.delete(look));
    },
  };
}
