import type { Explanation } from './types.ts';

/** What is kept of calls to services outside. What the disk refuses rejects with StorageError. */
export interface ServiceRecords {
  /** Of an asker, by askerKey, and of photos, by their sha256. */
  about(asker: string, photos: readonly string[]): Promise<AboutServices>;
  forget(asker: string, photos: readonly string[]): Promise<void>;
}

export interface AboutServices {
  /** What a service said of the photos. */
  readonly words: readonly Explanation[];
  /** How often one was called for the asker today. */
  readonly callsToday: number;
}
