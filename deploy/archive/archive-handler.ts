import type { Log } from '../../src/core/chat-ports.ts';
import type { ArchiveAnswer } from '../../src/services/archive-protocol.ts';
import { unlessAborted } from '../../src/services/unless-aborted.ts';
import { type ArchivingRows, createArchivingRows, type RowsOptions } from './archiving-rows.ts';
import { awsReason } from './aws-reason.ts';
import { createObjectWriter, type ObjectsOptions, type ObjectWriter } from './object-writer.ts';
import { type ReadEvent, readPhoto } from './read-photo.ts';

export interface HandlerOptions {
  readonly rows: RowsOptions;
  readonly objects: ObjectsOptions;
  readonly log: Log;
  /** For all calls of a run together, milliseconds. */
  readonly limitMs: number;
}

/** The function's own limit, at which AWS ends it. */
export const ARCHIVE_TIMEOUT_SECONDS = 10;
/** The run gives up before; it calls nobody after. */
export const ARCHIVE_LIMIT_MS = 8000;
/** After so long no run can write any more, by any machine's clock. */
const RUN_MS = (ARCHIVE_TIMEOUT_SECONDS + 5) * 1000;

interface Parts {
  readonly rows: ArchivingRows;
  readonly writer: ObjectWriter;
}

/**
 * Keeps a photo and what is known of it: archiveEvent in, archiveAnswer out. First come the rows, by which an erasure finds
 * all that may follow. Done again it changes nothing. What AWS does not do (too many calls, no answer, not allowed) is
 * answered with retry; only a fault of the function itself is thrown.
 */
export function createArchiveHandler(options: HandlerOptions): (event: unknown) => Promise<ArchiveAnswer> {
  const { log, limitMs } = options;
  return async (given) => {
    const read = readPhoto(given);
    if (typeof read === 'string') {
      log.warn('a message is refused', { reason: read });
      return { status: 'refused', reason: read };
    }
    const limit = AbortSignal.timeout(limitMs);
    const rows = createArchivingRows(options.rows, limit);
    const writer = createObjectWriter(options.objects, limit);
    try {
      const answer = await unlessAborted(keep(read, { rows, writer }), limit);
      const { status } = answer;
      log.info('a message is answered', { status, bytes: read.jpeg?.length ?? 0 });
      return answer;
    } catch (error) {
      const reason = awsReason(error, limit);
      if (!reason) throw error;
      log.error('a photo is not kept', { reason });
      return { status: 'retry', reason };
    }
  };
}

async function keep({ event, jpeg }: ReadEvent, { rows, writer }: Parts): Promise<ArchiveAnswer> {
  const { sha256, record } = event;
  // a vote that comes after its person was erased must bring nothing back
  const run = await rows.begin(event, { ms: RUN_MS, isKnown: jpeg === null });
  if (run === null) return { status: 'refused', reason: 'unknown photo' };
  const image = jpeg === null ? 'there' : await keepImage(event, jpeg, { rows, writer });
  if (image === 'conflict') return { status: 'retry', reason: 'the image is being erased' };
  await writer.putRecord(event, record);
  await rows.end(event, run);
  return { status: 'stored', sha256, created: image === 'created' };
}

/** The order is what keeps it: whoever erases the image now either sees the owner or is seen. */
async function keepImage(
  { pseudonym, sha256 }: ReadEvent['event'],
  jpeg: Uint8Array,
  { rows, writer }: Parts,
): Promise<'created' | 'there' | 'conflict'> {
  await rows.own({ pseudonym, sha256 });
  if (await rows.isBeingErased(sha256)) return 'conflict';
  return await writer.putImage(sha256, jpeg);
}
