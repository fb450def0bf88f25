import type { Log, Sleep } from '../../src/core/chat-ports.ts';
import { type Line, recordLog } from './record-telemetry.ts';

export interface WatchedLog extends Log {
  readonly lines: readonly Line[];
  /** Resolves with the first line that says so, written or to come. */
  written(message: string): Promise<Line>;
}

export function watchLog(): WatchedLog {
  const { log, lines } = recordLog();
  const readers = new Set<() => void>();
  const at =
    (level: keyof Log): Log['info'] =>
    (message, details) => {
      log[level](message, details);
      for (const read of readers) read();
    };
  return {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    written(message) {
      const { promise, resolve } = Promise.withResolvers<Line>();
      const read = () => {
        const found = lines.find((line) => line.message.includes(message));
        if (found) resolve(found);
      };
      readers.add(read);
      read();
      return promise;
    },
  };
}

/** Time that passes at once: how long each pause was to be is in `pauses`. */
export function recordSleep(): { readonly sleep: Sleep; readonly pauses: readonly number[] } {
  const pauses: number[] = [];
  const sleep: Sleep = async (ms, signal) => {
    signal.throwIfAborted();
    pauses.push(ms);
  };
  return { sleep, pauses };
}

/** Pauses that only the signal ends; `asleep` resolves with the length of the first. */
export function endlessSleep(): { readonly sleep: Sleep; readonly asleep: Promise<number> } {
  const { promise: asleep, resolve } = Promise.withResolvers<number>();
  const sleep: Sleep = (ms, signal) => {
    resolve(ms);
    const { promise, reject } = Promise.withResolvers<void>();
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
    return promise;
  };
  return { sleep, asleep };
}
