import { availableParallelism } from 'node:os';
import type { Log } from './core/chat-ports.ts';
import type { ModelFacts } from './core/command.ts';
import type { TrackSource } from './core/ports.ts';
import type { ReadPhotoDependencies } from './core/read-photo.ts';
import type { Outside } from './open-outside.ts';
import { loadGenreModel } from './services/genre-model.ts';
import { createGuardedPhotoReader, type ReadingTrials } from './services/guarded-photo-reader.ts';
import { createHeicDecoder } from './services/heic-decoder.ts';
import { createThreadedPhotoReader } from './services/threaded-photo-reader.ts';

/** Ending in a slash; beside src, so that the program runs from any working directory. */
const MODEL_FOLDER = new URL('../models/', import.meta.url);

const CORES = availableParallelism();

/** Photos that may wait for their turn, HEIC or not; one more is refused as busy. */
const MAX_WAITING = 32;

export interface App extends ReadPhotoDependencies {
  readonly model: ModelFacts;
  readonly trackSource: TrackSource;
  /** Photos read at once. */
  readonly threads: number;
  close(): Promise<void>;
}

export interface AppOptions {
  readonly outside: Pick<Outside, 'explainer' | 'playlistSource' | 'trackSource'>;
  /** Keeps a program with few photos from starting threads that it will not use. */
  readonly maxThreads?: number;
  /** Where a picture that ends the program is to be remembered, and told of. */
  readonly guard?: { readonly trials: ReadingTrials; readonly log: Log };
}

/** Wires what reads photos. Throws ModelError when the model must not be used. */
export async function createApp({ outside, maxThreads = CORES, guard }: AppOptions): Promise<App> {
  const threads = Math.min(CORES, maxThreads);
  const loadedModel = await loadGenreModel(MODEL_FOLDER);
  const { version, backbone, metrics } = loadedModel.model;
  const reader = createThreadedPhotoReader({
    loadedModel,
    threads,
    maxWaiting: MAX_WAITING,
    timeoutMs: 20_000,
    heicDecoder: createHeicDecoder({ maxWaiting: MAX_WAITING }),
  });
  return {
    threads,
    model: { version, backbone, accuracy: metrics.accuracy, predicted: metrics.predicted },
    photoReader: guard ? createGuardedPhotoReader({ reader, ...guard }) : reader,
    explainer: outside.explainer,
    playlistSource: outside.playlistSource,
    trackSource: outside.trackSource,
    close: () => reader.close(),
  };
}
