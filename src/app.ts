import { availableParallelism } from 'node:os';
import type { ReadPhotoDependencies } from './core/read-photo.ts';
import { createCuratedPlaylists } from './services/curated-playlists.ts';
import { createHeicDecoder } from './services/heic-decoder.ts';
import { createLocalExplainer } from './services/local-explainer.ts';
import { createThreadedPhotoReader } from './services/threaded-photo-reader.ts';

/** Beside src, so that the program runs from any working directory. */
const MODEL_FOLDER = new URL('../models/', import.meta.url);

const CORES = availableParallelism();

export interface App extends ReadPhotoDependencies {
  /** Photos read at once. */
  readonly threads: number;
  close(): Promise<void>;
}

/** Wires everything. `maxThreads` keeps a program with few photos from starting threads that it will not use. */
export function createApp({ maxThreads = CORES }: { readonly maxThreads?: number } = {}): App {
  const threads = Math.min(CORES, maxThreads);
  const photoReader = createThreadedPhotoReader({
    modelFolder: MODEL_FOLDER,
    threads,
    maxWaiting: 32,
    timeoutMs: 20_000,
    heicDecoder: createHeicDecoder(),
  });
  return {
    threads,
    photoReader,
    explainer: createLocalExplainer(),
    playlistSource: createCuratedPlaylists(),
    close: () => photoReader.close(),
  };
}
