import { imageKey, recordKey } from './archive-keys.ts';
import type { ErasingRows, FoundPhoto } from './erasing-rows.ts';
import type { ObjectRemover } from './object-remover.ts';

export interface ErasePhotoOptions {
  readonly rows: ErasingRows;
  readonly remover: ObjectRemover;
  /** Longer than the run that takes a lease can last, milliseconds. */
  readonly leaseMs: number;
}

/** Which of its objects were there. */
export interface Gone {
  readonly record: boolean;
  readonly image: boolean;
}

/** null: another run writes or erases it; it is left for later. */
export type ErasePhoto = (photo: FoundPhoto) => Promise<Gone | null>;

/**
 * Erases one person's photo, and the image when nobody else has it. The photo's own row goes last: whatever the run is cut
 * off at, the next one finds it. While the lease is held nobody archives the image, so that none who comes then loses it.
 */
export function openErasePhoto({ rows, remover, leaseMs }: ErasePhotoOptions): ErasePhoto {
  return async (photo) => {
    const { sha256, isBusy } = photo;
    if (isBusy) return null;
    const record = await remover.remove(recordKey(photo));
    await rows.disown(photo);
    const holder = await rows.lease(sha256, leaseMs);
    if (holder === null) return null;
    const image = !(await rows.hasOwner(sha256)) && (await remover.remove(imageKey(sha256)));
    await rows.endLease(sha256, holder);
    return (await rows.forget(photo)) ? { record, image } : null;
  };
}
