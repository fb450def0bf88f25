import pLimit from 'p-limit';
import { type EraseAnswer, eraseEvent } from '../../src/services/archive-protocol.ts';
import { unlessAborted } from '../../src/services/unless-aborted.ts';
import type { HandlerOptions } from './archive-handler.ts';
import { awsReason } from './aws-reason.ts';
import { type ErasePhoto, type Gone, openErasePhoto } from './erase-photo.ts';
import { createErasingRows, type ErasingRows } from './erasing-rows.ts';
import { createObjectRemover } from './object-remover.ts';
import { problemOf } from './read-photo.ts';

/** The function's own limit, at which AWS ends it. */
export const ERASE_TIMEOUT_SECONDS = 60;
/** The run gives up before, and begins no photo in its last seconds; when it has given up it calls nobody. */
export const ERASE_LIMITS = { limitMs: 45_000, beginMs: 35_000 };
/** A lease outlives the run that took it, by any machine's clock: nothing is deleted once it is over. */
const LEASE_MS = ERASE_TIMEOUT_SECONDS * 1000;
const AT_ONCE = 16;

export interface EraseOptions extends HandlerOptions {
  /** For how long photos are begun, milliseconds. */
  readonly beginMs: number;
}

/**
 * Forgets a person: eraseEvent in, eraseAnswer out, with counts of what this run has deleted. A run that was cut off
 * anywhere is made good by the next one. retry: AWS did not do it (as in the archive function), the time is up, or a photo
 * is just being archived, or erased by another run; whatever is left is still to be found.
 */
export function createEraseHandler(options: EraseOptions): (event: unknown) => Promise<EraseAnswer> {
  const { log, limitMs, beginMs } = options;
  return async (given) => {
    const { data: event, error } = eraseEvent.safeParse(given);
    if (!event) {
      const reason = problemOf(error);
      log.warn('a message is refused', { reason });
      return { status: 'refused', reason };
    }
    const limit = AbortSignal.timeout(limitMs);
    const late = AbortSignal.timeout(beginMs);
    const rows = createErasingRows(options.rows, limit);
    const remover = createObjectRemover(options.objects, limit);
    const erasePhoto = openErasePhoto({ rows, remover, leaseMs: LEASE_MS });
    const gone = { records: 0, images: 0 };
    try {
      const run = { rows, erasePhoto, late, gone };
      const left = await unlessAborted(eraseAll(event.pseudonym, run), limit);
      log.info('an erasure is answered', { ...gone, left });
      return left === null ? { status: 'erased', ...gone } : { status: 'retry', reason: left };
    } catch (failure) {
      const reason = awsReason(failure, limit);
      if (!reason) throw failure;
      log.error('a person is not erased', { ...gone, reason });
      return { status: 'retry', reason };
    }
  };
}

interface Run {
  readonly rows: ErasingRows;
  readonly erasePhoto: ErasePhoto;
  /** No photo is begun any more. */
  readonly late: AbortSignal;
  /** Counts along. */
  readonly gone: { records: number; images: number };
}

/** Until there is nothing left: null; else why there is. */
async function eraseAll(pseudonym: string, { rows, erasePhoto, late, gone }: Run): Promise<string | null> {
  const atOnce = pLimit(AT_ONCE);
  const eraseUnlessLate = (photo: Parameters<ErasePhoto>[0]) =>
    atOnce(() => (late.aborted ? null : erasePhoto(photo)));
  for (;;) {
    const photos = await rows.photosOf(pseudonym);
    if (photos.length === 0) return null;
    // all of them, also when one has failed: a run that has answered must do nothing more
    const outcomes = await Promise.allSettled(photos.map(eraseUnlessLate));
    const erased = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    count(erased, gone);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    if (late.aborted) return 'the time is up';
    if (erased.includes(null)) return 'a photo is in use by another run';
  }
}

function count(erased: readonly (Gone | null)[], gone: Run['gone']): void {
  for (const each of erased) {
    gone.records += Number(each?.record ?? false);
    gone.images += Number(each?.image ?? false);
  }
}
