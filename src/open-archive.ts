import { join } from 'node:path';
import type { ArchiveConfig } from './config.ts';
import type { Archive } from './core/archive.ts';
import type { Calendar, Log, Sleep, Telemetry } from './core/chat-ports.ts';
import type { Request } from './core/request.ts';
import { ArchiveDrain } from './services/archive-drain.ts';
import { ArchiveOutbox } from './services/archive-outbox.ts';
import {
  type ArchiveEvent,
  archiveAnswer,
  type EraseEvent,
  eraseAnswer,
} from './services/archive-protocol.ts';
import { ArchiveTraffic } from './services/archive-traffic.ts';
import { ErasureQueue } from './services/erasure-queue.ts';
import { createLambdaArchive } from './services/lambda-archive.ts';
import { createLambdaCall } from './services/lambda-call.ts';
import { type Database, StateError } from './services/sqlite-database.ts';
import { createSqliteErasures } from './services/sqlite-erasures.ts';
import { createSqliteKeptPhotos } from './services/sqlite-kept-photos.ts';

export interface OpenArchiveOptions {
  readonly config: ArchiveConfig;
  readonly stateFolder: string;
  readonly database: Database;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  readonly telemetry: Telemetry;
  readonly log: Log;
  /** Accepts a request, once for each key: somebody is to be told that they are forgotten. */
  tell(request: Request, key: string): Promise<void>;
}

export interface OpenArchive {
  readonly archive: Archive;
  /** From now on it is delivered, and forgotten. */
  start(): void;
  purge(): void;
  /** Photos of the outbox that are set aside, and people whom the archive is still to forget. What SQLite throws is thrown. */
  figures(): { readonly outboxSetAside: number; readonly erasuresWaiting: number };
  /** What is not delivered stays for the next start. To be called before the database is closed. */
  close(): Promise<void>;
}

/** For one call: the functions' own limits, and the way there. */
const ARCHIVE_LIMIT_MS = 12_000;
const ERASE_LIMIT_MS = 65_000;
/** A call may go on for so long after nobody waits for it any more. */
const RUNS_ON_MS = 12_000;

/** Where photos go whose owners let us keep them. Rejects when its folder cannot be used. */
export async function openArchive(options: OpenArchiveOptions): Promise<OpenArchive> {
  const { config, stateFolder, database, calendar, sleep, telemetry, log, tell } = options;
  const folder = join(stateFolder, 'outbox');
  let outboxSetAside = 0;
  const outbox = new ArchiveOutbox({
    folder,
    maxBytes: config.outboxMaxBytes,
    log,
    changed({ bytes, photos, setAside }) {
      telemetry.level({ name: 'outbox_bytes', value: bytes });
      telemetry.level({ name: 'outbox_photos', value: photos });
      telemetry.level({ name: 'outbox_set_aside', value: setAside });
      outboxSetAside = setAside;
    },
  });
  await outbox.open().catch((error: unknown) => {
    throw new StateError('not-writable', folder, { cause: error });
  });
  const erasures = createSqliteErasures({ database, calendar });
  const mayRunOn = outbox.waiting().length > 0 || erasures.open().length > 0;
  const traffic = new ArchiveTraffic({ calendar, runsOnMs: RUNS_ON_MS, mayRunOn });
  const tools = { calendar, sleep, telemetry, log, traffic };
  const { archive: toArchive, erase: toErase } = openCalls(config, telemetry);
  // nothing goes where nothing could erase it
  const drain =
    toArchive && toErase
      ? new ArchiveDrain({ ...tools, outbox, deliver: toArchive.call, isHeld: erasures.isAsked })
      : null;
  const queue =
    toErase &&
    new ErasureQueue({ ...tools, erasures, erase: toErase.call, tell, erased: () => drain?.wake() });
  const archive = createLambdaArchive({
    ...{ usual: config.usual, outbox, erasures, telemetry, log },
    photos: createSqliteKeptPhotos({ database, calendar }),
    canErase: queue !== null,
    wake() {
      drain?.wake();
      queue?.wake();
    },
  });
  return {
    archive,
    start() {
      drain?.start();
      queue?.start();
    },
    purge: () => erasures.purge(),
    figures: () => ({ outboxSetAside, erasuresWaiting: erasures.open().length }),
    async close() {
      await Promise.all([drain?.close(), queue?.close()]);
      toArchive?.close();
      toErase?.close();
    },
  };
}

/** null for a function that is not set. */
function openCalls({ archiveFunction, eraseFunction }: ArchiveConfig, telemetry: Telemetry) {
  const archive = {
    name: archiveFunction ?? '',
    answer: archiveAnswer,
    limitMs: ARCHIVE_LIMIT_MS,
    telemetry,
  };
  const erase = { name: eraseFunction ?? '', answer: eraseAnswer, limitMs: ERASE_LIMIT_MS, telemetry };
  return {
    archive:
      archiveFunction === null
        ? null
        : createLambdaCall<ArchiveEvent, (typeof archiveAnswer)['_output']>(archive),
    erase:
      eraseFunction === null ? null : createLambdaCall<EraseEvent, (typeof eraseAnswer)['_output']>(erase),
  };
}
