import { hash } from 'node:crypto';
import type { Log } from '../core/chat-ports.ts';
import type { PhotoReader } from '../core/ports.ts';
import { unlessStorageFails } from '../core/unless-storage-fails.ts';
import { UserError } from '../core/user-error.ts';
import { unlessAborted } from './unless-aborted.ts';

/** What outlives the program of the pictures that are being read. Throws StorageError. */
export interface ReadingTrials {
  /** How many ends of the program the picture's reading has seen in a row. */
  deaths(sha256: string): Promise<number>;
  /** To be one more, if the program ends now. */
  begin(sha256: string, deaths: number): Promise<void>;
  /** It was read, or refused. */
  end(sha256: string): Promise<void>;
}

export interface GuardedPhotoReaderOptions {
  /** `begun` resolves when it can read at once. */
  readonly reader: PhotoReader & { begun(): Promise<void> };
  readonly trials: ReadingTrials;
  readonly log: Log;
}

/** All but the first with nothing else being read: what ends the program by itself is told from what it takes with it. */
const MOST_DEATHS = 5;

/**
 * Reads pictures, but none that has ended the program again and again: native code reads what strangers send, and where
 * it crashes no error can be caught. A picture that was being read when the program ended is read alone the next time.
 */
export function createGuardedPhotoReader({ reader, trials, log }: GuardedPhotoReaderOptions): PhotoReader {
  const turns = createTurns();

  async function guard<T>(bytes: Uint8Array, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
    const sha256 = hash('sha256', bytes);
    const deaths = await unlessStorageFails(() => trials.deaths(sha256), 0);
    if (deaths >= MOST_DEATHS) {
      log.error('a picture is not read any more: the program ended each time', { deaths });
      throw new UserError('unreadable', {});
    }
    const attempt = async () => {
      await reader.begun(); // the shorter the trial, the fewer ends that have another cause
      signal.throwIfAborted();
      await unlessStorageFails(() => trials.begin(sha256, deaths + 1), undefined);
      try {
        return await read();
      } finally {
        await unlessStorageFails(() => trials.end(sha256), undefined);
      }
    };
    return unlessAborted(deaths > 0 ? turns.alone(attempt) : turns.beside(attempt), signal);
  }

  return {
    ...reader,
    look: (bytes, wanted, signal) => guard(bytes, signal, () => reader.look(bytes, wanted, signal)),
    measure: (bytes, withCopy, signal) => guard(bytes, signal, () => reader.measure(bytes, withCopy, signal)),
    draw: (bytes, map, withPreviews, signal) =>
      guard(bytes, signal, () => reader.draw(bytes, map, withPreviews, signal)),
    drawOverStrip: (strip, pictures, measured, withPreviews, signal) =>
      guard(strip, signal, () => reader.drawOverStrip(strip, pictures, measured, withPreviews, signal)),
  };
}

/** Work beside each other, but for what is to be alone: that waits for what runs, and what comes later waits for it. */
function createTurns() {
  const running = new Set<Promise<void>>();
  let lastAlone: Promise<void> | null = null;

  function run<T>(work: () => Promise<T>): Promise<T> {
    const result = work();
    const leave = () => void running.delete(over);
    const over: Promise<void> = result.then(leave, leave);
    running.add(over);
    return result;
  }

  return {
    async beside<T>(work: () => Promise<T>): Promise<T> {
      while (lastAlone) await lastAlone;
      return run(work);
    },
    alone<T>(work: () => Promise<T>): Promise<T> {
      const result = (async () => {
        while (running.size > 0) await Promise.all(running);
        return run(work);
      })();
      const leave = () => {
        if (lastAlone === over) lastAlone = null;
      };
      const over: Promise<void> = result.then(leave, leave);
      lastAlone = over;
      return result;
    },
  };
}
