import type { Sleep } from '../../src/core/chat-ports.ts';
import type { Clock } from '../../src/core/ports.ts';

/** The time of one process that does one thing after the other: it stands still until the process sleeps and is woken. */
export interface SteppedTime {
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Resolves when it sleeps, with the milliseconds for which it wants to. */
  asleep(): Promise<number>;
  /** Lets it sleep as long as it wants to, or for `ms`; resolves when it sleeps again. */
  step(ms?: number): Promise<void>;
  /** The same, but for what comes then. */
  wake(ms?: number): Promise<void>;
  /** Lets time pass while it waits for something else. */
  pass(ms: number): void;
}

/** `start` is what its clock shows at first. */
export function makeSteppedTime(start = 0): SteppedTime {
  let now = start;
  let sleeping = Promise.withResolvers<{ readonly ms: number; readonly wake: () => void }>();
  const wake = async (ms?: number) => {
    const sleeper = await sleeping.promise;
    sleeping = Promise.withResolvers();
    now += ms ?? sleeper.ms;
    sleeper.wake();
  };
  const asleep = async () => (await sleeping.promise).ms;
  return {
    clock: () => now,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      sleeping.resolve({ ms, wake: resolve });
      await promise;
    },
    asleep,
    wake,
    pass(ms) {
      now += ms;
    },
    async step(ms) {
      await wake(ms);
      await asleep();
    },
  };
}
