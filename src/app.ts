import { availableParallelism } from 'node:os';
import type { ReadPhotoDependencies } from './core/read-photo.ts';
import { createCuratedPlaylists } from './services/curated-playlists.ts';
import { createHeicDecoder } from './services/heic-decoder.ts';
import { createLocalExplainer } from './services/local-explainer.ts';
import { createThreadedPhotoReader } from './services/threaded-photo-reader.ts';

/** Beside src, so that the program runs from any working directory. */
const MODEL_FOLDER = new URL('../models/', import.meta.url);

const CORES = availableParallelism();

/** Photos that may wait for their turn, HEIC or not; one more is refused as busy. */
const MAX_WAITING = 32;

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
    maxWaiting: MAX_WAITING,
    timeoutMs: 20_000,
    heicDecoder: createHeicDecoder({ maxWaiting: MAX_WAITING }),
  });
  return {
    threads,
    photoReader,
    explainer: createLocalExplainer(),
    playlistSource: createCuratedPlaylists(),
    close: () => photoReader.close(),
  };
}
