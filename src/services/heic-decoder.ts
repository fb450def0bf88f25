import { Worker } from 'node:worker_threads';
import { MAX_BYTES, MAX_PIXELS, PHOTO_SIDE, tooLarge } from '../core/admit-photo.ts';
import type { Raster } from '../core/types.ts';
import { UserError } from '../core/user-error.ts';
import type { HeicJob, HeicReply } from './heic-worker.ts';
import { createWaitingLine } from './waiting-line.ts';

const WORKER = new URL('./heic-worker.ts', import.meta.url);

export interface DecodedHeic {
  readonly photo: Raster;
  /** From its turn on. */
  readonly tookMs: number;
}

export interface HeicDecoder {
  /**
   * The photo as shown (libheif applies its rotation and crop), transparency on white; a large one is shrunk to a long
   * side between PHOTO_SIDE and twice that.
   * Throws UserError: too-large, unreadable, timed-out, and busy when too many wait; the signal's reason when it aborts.
   */
  decode(bytes: Uint8Array, signal: AbortSignal): Promise<DecodedHeic>;
  /** Ends those that run or wait, which reject; resolves when the last thread is gone. */
  close(): Promise<void>;
}

export interface HeicDecoderOptions {
  /** For one photo, from its turn on. */
  readonly timeoutMs?: number;
  readonly maxPixels?: number;
  readonly side?: number;
  /** Of JavaScript in the thread; the pixels lie outside, bounded by maxPixels (12 MP took 0.2 GB, 48 MP 0.6 GB). */
  readonly maxHeapMb?: number;
  /** Photos that may wait for their turn. */
  readonly maxWaiting?: number;
}

/** Decodes one HEIC at a time, each in a thread of its own: libheif runs as WebAssembly, for seconds, and cannot be asked to stop. */
export function createHeicDecoder(options: HeicDecoderOptions = {}): HeicDecoder {
  const { timeoutMs = 20_000, maxPixels = MAX_PIXELS, side = PHOTO_SIDE } = options;
  const { maxHeapMb = 128, maxWaiting = 4 } = options;
  const line = createWaitingLine({ places: 1, maxWaiting });
  const closing = new AbortController();
  const running = new Set<Promise<DecodedHeic>>();

  async function decodeInTurn(bytes: Uint8Array, signal: AbortSignal): Promise<DecodedHeic> {
    await line.enter(signal);
    const began = performance.now();
    try {
      const job = { bytes: new Uint8Array(bytes), maxPixels, side };
      const photo = await runWorker(job, { timeoutMs, maxHeapMb, signal });
      return { photo, tookMs: performance.now() - began };
    } finally {
      line.leave();
    }
  }

  return {
    async decode(bytes, signal) {
      if (bytes.length > MAX_BYTES) throw tooLarge();
      const decoding = decodeInTurn(bytes, AbortSignal.any([signal, closing.signal]));
      running.add(decoding);
      return decoding.finally(() => running.delete(decoding));
    },
    async close() {
      closing.abort(new Error('The HEIC decoder is closed.'));
      await Promise.allSettled(running);
    },
  };
}

interface RunLimits {
  readonly timeoutMs: number;
  readonly maxHeapMb: number;
  readonly signal: AbortSignal;
}

async function runWorker(job: HeicJob, { timeoutMs, maxHeapMb, signal }: RunLimits): Promise<Raster> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<HeicReply>();
  const worker = new Worker(WORKER, {
    workerData: job,
    transferList: [job.bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    // neither secrets nor the parent's loaders for code that reads hostile bytes, and libheif's chatter unread
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const unreadable = (cause: unknown) => reject(new UserError('unreadable', {}, { cause }));
  const stop = () => reject(signal.reason);
  const timer = setTimeout(() => reject(new UserError('timed-out', {})), timeoutMs);
  worker.once('message', resolve);
  worker.once('error', unreadable);
  worker.once('exit', (code) => unreadable(new Error(`The HEIC thread ended with ${code} and no answer.`)));
  signal.addEventListener('abort', stop);
  try {
    return unwrap(await promise);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function unwrap(reply: HeicReply): Raster {
  if (reply.ok) return reply.raster;
  throw new UserError(reply.code, reply.values, { cause: new Error(reply.cause) });
}
