import { readFile } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import type { PhotoReader, Wanted } from '../../src/core/ports.ts';
import { loadGenreModel } from '../../src/services/genre-model.ts';
import { createHeicDecoder } from '../../src/services/heic-decoder.ts';
import {
  createThreadedPhotoReader,
  type ThreadedPhotoReaderOptions,
} from '../../src/services/threaded-photo-reader.ts';

export const loadedModel = await loadGenreModel(new URL('../../models/', import.meta.url));

/** The program's reader, with one thread unless told. */
export function openPhotoReader(options: Partial<ThreadedPhotoReaderOptions> = {}): PhotoReader {
  const reader = createThreadedPhotoReader({
    loadedModel,
    threads: 1,
    maxWaiting: 8,
    timeoutMs: 60_000,
    heicDecoder: createHeicDecoder(),
    ...options,
  });
  onTestFinished(() => reader.close());
  return reader;
}

export const fixture = (path: string) => readFile(new URL(`../fixtures/${path}`, import.meta.url));

/** No genre in particular, and no photo. */
export const PLAIN: Wanted = { why: null, withPhoto: false, withPreviews: false, withCopy: false };
