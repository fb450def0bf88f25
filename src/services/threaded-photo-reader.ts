import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { Piscina } from 'piscina';
import type { PhotoReader } from '../core/ports.ts';
import { sniffFormat } from '../core/sniff-format.ts';
import type { Look } from '../core/types.ts';
import { UserError } from '../core/user-error.ts';
import type { LoadedModel } from './genre-model.ts';
import type { HeicDecoder } from './heic-decoder.ts';
import type { PhotoJob, PhotoJobValues, PhotoResult } from './photo-worker.ts';
import { createWaitingLine, type WaitingLine } from './waiting-line.ts';

export interface ThreadedPhotoReaderOptions {
  readonly loadedModel: LoadedModel;
  readonly threads: number;
  /** Photos that may wait for a thread; one more is refused as busy. */
  readonly maxWaiting: number;
  /** For one photo, from its turn on. */
  readonly timeoutMs: number;
  readonly heicDecoder: HeicDecoder;
}

/**
 * Reads photos in worker threads, each with one ONNX session and a codec for life. HEIC pixels come from their own,
 * slower decoder first, so that they keep no other photo waiting.
 *
 * A thread is never ended while it works: that aborts the whole process (Napi::Error, sharp 0.35.5). Who gives up on a
 * photo is answered at once; its thread is free again when it is through. `begun` resolves when no thread has to begin any
 * more.
 */
export function createThreadedPhotoReader(
  options: ThreadedPhotoReaderOptions,
): PhotoReader & { begun(): Promise<void> } {
  const { heicDecoder, maxWaiting, timeoutMs, threads } = options;
  const line = createWaitingLine({ places: threads, maxWaiting });
  const closing = new AbortController();
  const begun = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const pool = createPool(options, begun);
  const { start, settle } = createWork(pool, line);

  async function finish<Kind extends PhotoJob['kind']>(
    job: PhotoJob & { readonly kind: Kind },
    signal: AbortSignal,
  ): Promise<PhotoJobValues[Kind]> {
    const result = await beforeEither(start<PhotoJobValues[Kind]>(job), signal, timeoutMs);
    if (!result.ok) throw new UserError(result.code, result.values);
    return result.value;
  }

  /** Takes the picture's turn in the line; decodes a HEIC before. */
  async function admit(bytes: Uint8Array, given: AbortSignal) {
    const signal = AbortSignal.any([given, closing.signal]);
    signal.throwIfAborted();
    const heic = sniffFormat(bytes) === 'heic' ? await heicDecoder.decode(bytes, signal) : null;
    await line.enter(signal, heic !== null);
    return { picture: { bytes, raster: heic?.photo ?? null }, tookMs: heic?.tookMs ?? 0 };
  }

  return {
    async look(bytes, wanted, signal) {
      const { picture, tookMs } = await admit(bytes, signal);
      return withDecoding(await finish({ kind: 'look', ...picture, wanted }, signal), tookMs);
    },
    async measure(bytes, withCopy, signal) {
      const { picture } = await admit(bytes, signal);
      return finish({ kind: 'measure', ...picture, withCopy }, signal);
    },
    async draw(bytes, map, withPreviews, signal) {
      const { picture } = await admit(bytes, signal);
      return finish({ kind: 'draw', ...picture, map, withPreviews }, signal);
    },
    async drawStrip(pictures, measured, extras, signal) {
      await line.enter(AbortSignal.any([signal, closing.signal]));
      return finish({ kind: 'strip', pictures, measured, extras }, signal);
    },
    async drawOverStrip(bytes, pictures, measured, withPreviews, signal) {
      const { picture } = await admit(bytes, signal);
      return finish({ kind: 'over-strip', ...picture, pictures, measured, withPreviews }, signal);
    },
    async encode(picture, signal) {
      await line.enter(AbortSignal.any([signal, closing.signal]));
      return finish({ kind: 'encode', picture }, signal);
    },
    begun: () => allBegun(begun, threads),
    async close() {
      closing.abort(new Error('The photo reader is closed.'));
      await heicDecoder.close();
      // whoever waited for a place is refused; a thread must not be ended while it works or begins
      await settle();
      await allBegun(begun, threads);
      await pool.destroy();
    },
  };
}

/** Jobs in the pool's threads: each has its place in the line until it is through. */
function createWork(pool: Piscina, line: WaitingLine) {
  const working = new Set<Promise<void>>();
  return {
    start<Value>(job: PhotoJob): Promise<PhotoResult<Value>> {
      const transferList = 'raster' in job && job.raster ? [job.raster.data.buffer as ArrayBuffer] : [];
      const work = pool.run(job, { transferList }) as Promise<PhotoResult<Value>>;
      const leave = () => {
        working.delete(over);
        line.leave();
      };
      const over: Promise<void> = work.then(leave, leave);
      working.add(over);
      return work;
    },
    /** Resolves when all are through, those that begin meanwhile as well. */
    async settle(): Promise<void> {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

/** `begun`: where each thread counts itself once it has its session. */
function createPool({ loadedModel, threads }: ThreadedPhotoReaderOptions, begun: Int32Array): Piscina {
  const compileCache = getCompileCacheDir(); // in a folder for this version of Node, inside the one that is set
  return new Piscina({
    filename: new URL('./photo-worker.ts', import.meta.url).href,
    name: 'work',
    minThreads: threads,
    maxThreads: threads,
    // a network this small has no use for more
    workerData: { ...loadedModel, cores: Math.min(4, availableParallelism()), begun },
    // neither the parent's loaders (the working directory may have changed since) nor secrets for code that reads hostile bytes
    execArgv: [],
    env: compileCache ? { NODE_COMPILE_CACHE: dirname(compileCache) } : {},
  });
}

/** How long threads may take to begin; one that never does is ended with the program. */
const BEGIN_MS = 10_000;

/** Resolves when all threads have their session, or will not have it. Piscina tells of them when they are created only. */
async function allBegun(begun: Int32Array, threads: number): Promise<void> {
  const giveUpAt = performance.now() + BEGIN_MS;
  for (let left = BEGIN_MS; left > 0; left = giveUpAt - performance.now()) {
    const count = Atomics.load(begun, 0);
    if (count >= threads) return;
    await Atomics.waitAsync(begun, 0, count, left).value;
  }
}

function withDecoding(look: Look, tookMs: number): Look {
  const { decode, total } = look.timings;
  return { ...look, timings: { ...look.timings, decode: decode + tookMs, total: total + tookMs } };
}

/** The work's outcome, unless the signal (its reason) or the time limit (UserError timed-out) comes first. */
async function beforeEither<T>(work: Promise<T>, signal: AbortSignal, timeoutMs: number): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  const timer = setTimeout(() => reject(new UserError('timed-out', {})), timeoutMs);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
