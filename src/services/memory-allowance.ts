import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance } from '../core/chat-ports.ts';

export interface AllowanceOptions {
  /** How many each key has from its first one on … */
  readonly points: number;
  /** … for so many milliseconds; then all of them anew. At most 24 days, the longest timer Node has. */
  readonly perMs: number;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Allowances that are forgotten when the process ends. Throws RangeError for a time that cannot be kept. */
export function createAllowance({ points, perMs }: AllowanceOptions): Allowance {
  if (!(perMs > 0 && perMs <= LONGEST_TIMER_MS))
    throw new RangeError(`An allowance cannot last ${perMs} ms.`);
  const limiter = new RateLimiterMemory({ points, duration: perMs / 1000 });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
        return 0;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return Math.max(1, Math.ceil(refusal.msBeforeNext));
      }
    },
  };
}
