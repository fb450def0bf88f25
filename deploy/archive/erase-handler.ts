import pLimit from 'p-limit';
import { type EraseAnswer, eraseEvent } from '../../src/services/archive-protocol.ts';
import type { HandlerOptions } from './archive-handler.ts';
import { imageKey, recordKey } from './archive-keys.ts';
import { awsReason } from './aws-reason.ts';
import { createErasingRows, type ErasingRows, type FoundPhoto } from './erasing-rows.ts';
import { createObjectRemover, type ObjectRemover } from './object-remover.ts';
import { problemOf } from './read-photo.ts';

/** The function's own limit, at which AWS ends it. */
export const ERASE_TIMEOUT_SECONDS = 60;
/** The run gives up before, and begins no photo in the last fifth of it. */
export const ERASE_LIMIT_MS = 45_000;
const SOFT_SHARE = 0.8;
/** A lease outlives the run that took it, by any machine's clock: nothing is deleted once it is over. */
const LEASE_MS = ERASE_TIMEOUT_SECONDS * 1000;
const AT_ONCE = 16;

interface Parts {
  readonly rows: ErasingRows;
  readonly remover: ObjectRemover;
}

interface Counts {
  records: number;
  images: number;
}

/** What of a photo was deleted; busy: it is left for later. */
type Gone = { readonly record: boolean; readonly image: boolean } | 'busy';

/**
 * Forgets a person: eraseEvent in, eraseAnswer out; counts what this run has deleted. A run that was cut off anywhere is made
 * good by the next one. retry: what could not be done is still to be found; AWS did not do it (as in the archive function),
 * the time is up, or a photo is just being archived, or erased by another run.
 */
export function createEraseHandler(options: HandlerOptions): (event: unknown) => Promise<EraseAnswer> {
  const { log, limitMs } = options;
  return async (given) => {
    const { data: event, error } = eraseEvent.safeParse(given);
    if (!event) {
      const reason = problemOf(error);
      log.warn('a message is refused', { reason });
      return { status: 'refused', reason };
    }
    const limit = AbortSignal.timeout(limitMs);
    const rows = createErasingRows(options.rows, limit);
    const remover = createObjectRemover(options.objects, limit);
    const counts: Counts = { records: 0, images: 0 };
    const left = await eraseAll(event.pseudonym, { rows, remover }, { counts, limit, limitMs });
    log[left === null ? 'info' : 'warn']('an erasure is answered', { ...counts, left });
    return left === null ? { status: 'erased', ...counts } : { status: 'retry', reason: left };
  };
}

interface Run {
  readonly counts: Counts;
  readonly limit: AbortSignal;
  readonly limitMs: number;
}

/** Until there is nothing left; else why there is. */
async function eraseAll(pseudonym: string, parts: Parts, { counts, limit, limitMs }: Run) {
  const soft = AbortSignal.timeout(limitMs * SOFT_SHARE);
  const atOnce = pLimit(AT_ONCE);
  try {
    for (;;) {
      const photos = await parts.rows.photosOf(pseudonym);
      if (photos.length === 0) return null;
      if (soft.aborted) return 'the time is up';
      const erasing = photos.map((photo) => atOnce(() => (soft.aborted ? 'busy' : erase(photo, parts))));
      // a run that is over must do nothing more: AWS stops its machine, and lets it go on at the next call
      const settled = await Promise.allSettled(erasing);
      ...
    }
  } catch (error) {
  }
}
