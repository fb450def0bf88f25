import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { PhotoReader } from '../src/core/ports.ts';
import { loadGenreModel } from '../src/services/genre-model.ts';
import { createHeicDecoder } from '../src/services/heic-decoder.ts';
import { createThreadedPhotoReader } from '../src/services/threaded-photo-reader.ts';

export const SHIPPED_MODEL = new URL('../models/', import.meta.url);

/** A reader with a thread a core, as the bot has it, warmed up with `photo`. */
export async function openReader(modelFolder: URL, photo: string): Promise<PhotoReader> {
  const threads = availableParallelism();
  const reader = createThreadedPhotoReader({
    loadedModel: await loadGenreModel(modelFolder),
    threads,
    maxWaiting: 100,
    timeoutMs: 60_000,
    heicDecoder: createHeicDecoder(),
  });
  const bytes = await readFile(photo);
  const { signal } = new AbortController();
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      Array.from({ length: threads }, () =>
        reader.look(bytes, { why: null, withPhoto: false, withPreviews: false, withCopy: false }, signal),
      ),
    );
  }
  return reader;
}
