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
  const forgottenSince = (pseudonym: string, at: number) => {
    const askedAt = erasures.askedAt(pseudonym);
    return askedAt !== null && askedAt >= at;
  };

  async function put({ pseudonym, resultId, jpeg, record }: PhotoToKeep, askedAt: number): Promise<Kept> {
    // what comes past this is in the outbox's line before it is dropped by who asks to be forgotten from now on
    if (forgottenSince(pseudonym, askedAt)) return { outcome: 'forgotten' };
    const sha256 = createHash('sha256').update(jpeg).digest('hex');
    const vote = record.vote ?? photos.get(pseudonym, sha256)?.vote ?? null; // of the same photo, when it came before
    const outcome = await outbox.put(eventOf(pseudonym, sha256, { ...record, vote }, jpeg));
    if (outcome === 'full') return { outcome };
    photos.put(pseudonym, sha256, resultId, { ...record, vote });
    return { outcome, sha256 };
  }

  async function keep(photo: PhotoToKeep, askedAt: number): Promise<string | null> {
    let kept: Kept;
    try {
      kept = await put(photo, askedAt);
    } catch (error) {
      log.error('a photo could not be kept', { error });
      kept = { outcome: 'failed' };
    }
    if (kept.outcome === 'full') log.warn('the outbox is full: a photo is not kept');
    telemetry.count({ name: 'kept_photos', outcome: kept.outcome });
    wake();
    return 'sha256' in kept ? kept.sha256 : null;
  }

  async function vote(pseudonym: string, resultId: string, vote: KeptRecord['vote']): Promise<void> {
    try {
      for (const { sha256, ...photo } of photos.of(pseudonym).filter((one) => one.resultId === resultId)) {
        const record = { ...photo.record, vote };
        photos.put(pseudonym, sha256, resultId, record);
        await outbox.put(eventOf(pseudonym, sha256, record, null));
      }
      wake();
    } catch (error) {
      log.error('a vote could not be sent after its photo', { error });
    }
  }

  async function forget(pseudonym: string, told: Request): Promise<'erased' | 'queued'> {
    erasures.ask(pseudonym, told, !canErase); // first: what is being kept meanwhile sees it
    telemetry.count({ name: 'erasures', outcome: 'asked' });
    await outbox.drop(pseudonym);
    photos.forget(pseudonym);
    wake();
    return canErase ? 'queued' : 'erased';
  }

  async function kept(pseudonym: string): Promise<readonly KeptHere[]> {
    const own = outbox.waiting().filter((one) => one.pseudonym === pseudonym);
    const waiting = new Set(own.map(({ sha256 }) => sha256));
    return photos
      .of(pseudonym)
      .map(({ sha256, at, record }) => ({ sha256, at, record, waits: waiting.has(sha256) }));
  }

  const forgottenAt = async (pseudonym: string) => erasures.askedAt(pseudonym);
  return { usual, ...withStorageErrors({ keep, vote, kept, forget, forgottenAt }) };
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
