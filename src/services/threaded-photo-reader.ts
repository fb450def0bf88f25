import { Piscina } from 'piscina';
import type { PhotoReader } from '../core/ports.ts';
import { sniffFormat } from '../core/sniff-format.ts';
import { UserError } from '../core/user-error.ts';
import type { HeicDecoder } from './heic-decoder.ts';
import type { PhotoJob, PhotoResult } from './photo-worker.ts';

export interface ThreadedPhotoReaderOptions {
  /** The folder of genre.onnx and genre.json, ending in a slash. */
  readonly modelFolder: URL;
  readonly threads: number;
  /** Photos that may wait for a thread; one more is refused as busy. */
  readonly maxQueue: number;
  /** From being accepted to the finished look; past it the thread is ended and replaced. */
  readonly timeoutMs: number;
  readonly heicDecoder: HeicDecoder;
}

/**
 * Reads photos in worker threads, each with one ONNX session and a codec for life. HEIC pixels come from their own,
 * slower decoder first, so that they keep no other photo waiting.
 */
export function createThreadedPhotoReader(options: ThreadedPhotoReaderOptions): PhotoReader {
  const { heicDecoder, maxQueue, timeoutMs, threads } = options;
  const pool = new Piscina({
    filename: new URL('./photo-worker.ts', import.meta.url).href,
    name: 'look',
    minThreads: threads,
    maxThreads: threads,
    workerData: { modelFolder: options.modelFolder.href },
  });
  return {
    async look(bytes, why, signal) {
      signal.throwIfAborted();
      const raster = sniffFormat(bytes) === 'heic' ? await heicDecoder.decode(bytes, signal) : null;
      if (pool.queueSize >= maxQueue) throw new UserError('busy', {});
      const job: PhotoJob = { bytes, raster, why };
      const timeout = AbortSignal.timeout(timeoutMs);
      const result = await pool
        .run(job, { signal: AbortSignal.any([signal, timeout]) })
        .catch((error: unknown) => {
          signal.throwIfAborted();
          throw timeout.aborted ? new UserError('timed-out', {}, { cause: error }) : error;
        });
      return unwrap(result as PhotoResult);
    },
    async close() {
      await Promise.all([heicDecoder.close(), pool.destroy()]);
    },
  };
}

function unwrap(result: PhotoResult) {
  if (result.ok) return result.look;
  throw new UserError(result.code, result.values);
}
