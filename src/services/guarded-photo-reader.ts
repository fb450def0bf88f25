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
  const begin = createBeginTrial(trials);

  async function guard<T>(bytes: Uint8Array, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
    const trial = begin(hash('sha256', bytes));
    try {
      const deaths = await trial.deaths;
      if (deaths >= MOST_DEATHS) {
        log.error('a picture is not read any more: the program ended each time', { deaths });
        throw new UserError('unreadable', {});
      }
      const attempt = async () => {
        await reader.begun(); // the shorter the trial, the fewer ends that have another cause
        signal.throwIfAborted();
        await trial.write(deaths + 1);
        return await read();
      };
      return await (deaths > 0 ? turns.alone(attempt) : turns.beside(attempt));
    } finally {
      await trial.leave();
    }
  }

  /** Who gives up does not wait for what else is read; the turn is taken, and given up in it. */
  const guarded = <T>(bytes: Uint8Array, signal: AbortSignal, read: () => Promise<T>) =>
    unlessAborted(guard(bytes, signal, read), signal);

  return {
    ...reader,
    look: (bytes, wanted, signal) => guarded(bytes, signal, () => reader.look(bytes, wanted, signal)),
    measure: (bytes, withCopy, signal) =>
      guarded(bytes, signal, () => reader.measure(bytes, withCopy, signal)),
    draw: (bytes, map, withPreviews, signal) =>
      guarded(bytes, signal, () => reader.draw(bytes, map, withPreviews, signal)),
    drawOverStrip: (strip, pictures, measured, withPreviews, signal) =>
      guarded(strip, signal, () => reader.drawOverStrip(strip, pictures, measured, withPreviews, signal)),
  };
}

/** A picture that is being read here, by one or more at once. */
interface Trial {
  /** Ends of programs before this one. */
  readonly deaths: Promise<number>;
  write(deaths: number): Promise<void>;
  leave(): Promise<void>;
}

/** One trial for all who read a picture at the same time: what this program has written down of it is no end of it. */
function createBeginTrial(trials: ReadingTrials) {
  const inHand = new Map<string, { readonly deaths: Promise<number>; readers: number; isWritten: boolean }>();
  return (sha256: string): Trial => {
    const own = inHand.get(sha256) ?? {
      deaths: unlessStorageFails(() => trials.deaths(sha256), 0),
      readers: 0,
      isWritten: false,
    };
    own.readers += 1;
    inHand.set(sha256, own);
    return {
      deaths: own.deaths,
      async write(deaths) {
        own.isWritten = true;
        await unlessStorageFails(() => trials.begin(sha256, deaths), undefined);
      },
      async leave() {
        own.readers -= 1;
        if (own.readers > 0) return;
        inHand.delete(sha256);
        if (own.isWritten) await unlessStorageFails(() => trials.end(sha256), undefined);
      },
    };
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
