import { setImmediate as turn } from 'node:timers/promises';
import type { Calendar, Sleep } from '../../src/core/chat-ports.ts';
import type { Clock } from '../../src/core/ports.ts';

export interface FakeTime {
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  /** Lets so many milliseconds pass, and all that they set off happen. 0: only what is under way. */
  advance(ms: number): Promise<void>;
}

export const EPOCH = Date.UTC(2030, 0, 1);
/** More turns than anything under test takes one after the other. */
const TURNS = 8;

/** Time that stands still until it is moved; its clock begins at 0, its calendar at EPOCH. */
export function makeFakeTime(): FakeTime {
  let now = 0;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const settle = async () => {
    for (let i = 0; i < TURNS; i++) await turn();
  };
  const sleep: Sleep = async (ms, signal) => {
    signal.throwIfAborted();
    if (ms <= 0) return turn();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { at: now + ms, wake: resolve };
    sleepers.add(sleeper);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    await promise.finally(() => sleepers.delete(sleeper));
  };
  return {
    clock: () => now,
    calendar: () => EPOCH + now,
    sleep,
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...sleepers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = end;
    },
  };
}
