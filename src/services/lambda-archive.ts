import { createHash } from 'node:crypto';
import type { Archive, KeptHere } from '../core/archive.ts';
import type { Log, Telemetry } from '../core/chat-ports.ts';
import type { KeptRecord, PhotoToKeep } from '../core/kept-photo.ts';
import type { Request } from '../core/request.ts';
import type { ArchiveOutbox } from './archive-outbox.ts';
import type { ArchiveEvent } from './archive-protocol.ts';
import type { Erasures } from './sqlite-erasures.ts';
import type { KeptPhotos } from './sqlite-kept-photos.ts';
import { withStorageErrors } from './storage-errors.ts';

export interface LambdaArchiveOptions {
  readonly usual: Archive['usual'];
  readonly outbox: ArchiveOutbox;
  readonly photos: KeptPhotos;
  readonly erasures: Erasures;
  /** Whether there is an archive that can be told to forget. */
  readonly canErase: boolean;
  /** There is something to deliver, or somebody to forget. */
  wake(): void;
  readonly telemetry: Telemetry;
  readonly log: Log;
}

type Kept =
  | { readonly outcome: 'kept'; readonly sha256: string }
  | { readonly outcome: 'full' | 'failed' | 'forgotten' };

/** Keeps photos on disk until they are in the archive, behind AWS Lambda; what is known of them stays here, too. */
export function createLambdaArchive(options: LambdaArchiveOptions): Archive {
  const { usual, outbox, photos, erasures, canErase, wake, telemetry, log } = options;
  async function keep(photo: PhotoToKeep, askedAt: number): Promise<string | null> {
    let kept: Kept;
    try {
      kept = await putPhoto(photo, askedAt, options);
    } catch (error) {
      log.error('a photo could not be kept', { error });
      kept = { outcome: 'failed' };
    }
    if (kept.outcome === 'full') log.warn('the outbox is full: a photo is not kept');
    telemetry.count({ name: 'kept_photos', outcome: kept.outcome });
    wake();
    return 'sha256' in kept ? kept.sha256 : null;
  }

  /** In one turn, too, but for the writing. */
  async function vote(pseudonym: string, resultId: string, vote: KeptRecord['vote']): Promise<void> {
    try {
      const voted = photos.of(pseudonym).filter((one) => one.resultId === resultId);
      const writes = voted.map(({ sha256, record }) => {
        photos.put(pseudonym, sha256, resultId, { ...record, vote });
        return outbox.put(eventOf(pseudonym, sha256, { ...record, vote }, null));
      });
      await Promise.all(writes);
      wake();
    } catch (error) {
      log.error('a vote could not be sent after its photo', { error });
    }
  }

  async function forget(pseudonym: string, at: number): Promise<void> {
    // first: what is being kept meanwhile sees it
    erasures.ask(pseudonym, at, !canErase && photos.of(pseudonym).length === 0);
    telemetry.count({ name: 'erasures', outcome: 'asked' });
    photos.forget(pseudonym);
    await outbox.drop(pseudonym);
    wake();
  }

  async function tellForgotten(
    pseudonym: string,
    at: number,
    request: Request,
  ): Promise<'erased' | 'queued'> {
    const isQueued = erasures.tell(pseudonym, at, request);
    wake();
    return isQueued ? 'queued' : 'erased';
  }

  async function kept(pseudonym: string): Promise<readonly KeptHere[]> {
    const held = outbox.heldOf(pseudonym);
    return photos
      .of(pseudonym)
      .map(({ sha256, at, record }) => ({ sha256, at, record, waits: held.has(sha256) }));
  }

  const forgottenAt = async (pseudonym: string) => erasures.askedAt(pseudonym);
  return { usual, ...withStorageErrors({ keep, vote, kept, forget, tellForgotten, forgottenAt }) };
}

/** All up to the outbox's line is done in one turn: who asks to be forgotten in a later one has it dropped. */
async function putPhoto(
  { pseudonym, resultId, jpeg, record }: PhotoToKeep,
  askedAt: number,
  { outbox, photos, erasures }: Pick<LambdaArchiveOptions, 'outbox' | 'photos' | 'erasures'>,
): Promise<Kept> {
  const forgottenAt = erasures.askedAt(pseudonym);
  if (forgottenAt !== null && forgottenAt >= askedAt) return { outcome: 'forgotten' };
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  const before = photos.get(pseudonym, sha256);
  const vote = record.vote ?? before?.vote ?? null; // of the same photo, when it came before
  photos.put(pseudonym, sha256, resultId, { ...record, vote });
  try {
    const outcome = await outbox.put(eventOf(pseudonym, sha256, { ...record, vote }, jpeg));
    if (outcome === 'kept') return { outcome, sha256 };
    if (!before) photos.remove(pseudonym, sha256);
    return { outcome };
  } catch (error) {
    if (!before && !outbox.heldOf(pseudonym).has(sha256)) photos.remove(pseudonym, sha256);
    throw error;
  }
}

function eventOf(
  pseudonym: string,
  sha256: string,
  record: KeptRecord,
  jpeg: Uint8Array | null,
): ArchiveEvent {
  const image = jpeg && Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString('base64');
  return { version: 1, pseudonym, sha256, image, record };
}
