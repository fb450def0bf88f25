import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAllowance } from '../../src/services/memory-allowance.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('gives each key its own, says how long until the next, and has them anew then', async () => {
  const allowance = createAllowance({ points: 2, perMs: 60_000 });
  expect(await allowance.take('telegram:1')).toBe(0);
  vi.advanceTimersByTime(10_000);
  expect(await allowance.take('telegram:1')).toBe(0);
  expect(await allowance.take('telegram:1')).toBe(50_000);
  expect(await allowance.take('telegram:2')).toBe(0);
  vi.advanceTimersByTime(49_999);
  expect(await allowance.take('telegram:1')).toBe(1); // asking in vain costs nothing
  vi.advanceTimersByTime(1);
  expect(await allowance.take('telegram:1')).toBe(0);
});

it('counts in whole milliseconds', async () => {
  const allowance = createAllowance({ points: 1, perMs: 1.5 });
  expect(await allowance.take('a')).toBe(0);
  expect(await allowance.take('a')).toBe(2);
});

it.each([0, -1, Number.NaN, 2 ** 31])('cannot last %d ms', (perMs) => {
  expect(() => createAllowance({ points: 1, perMs })).toThrow(RangeError);
});
