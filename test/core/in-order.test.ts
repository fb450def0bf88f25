import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/core/in-order.ts';

describe('inOrder', () => {
  it('yields outcomes in order, however the work ends, with no more than the limit at once', async () => {
    const finish = new Map<string, () => void>();
    const started: string[] = [];
    const work = async (item: string) => {
      started.push(item);
      const { promise, resolve } = Promise.withResolvers<void>();
      finish.set(item, resolve);
      await promise;
      if (item === 'b') throw new Error(item);
      return item.toUpperCase();
    };
    const outcomes = inOrder(['a', 'b', 'c', 'd'], 2, work);
    const first = outcomes.next();
    expect(started).toEqual(['a', 'b']);
    finish.get('b')?.();
    finish.get('a')?.();
    expect(await first).toMatchObject({ value: { item: 'a', outcome: { status: 'fulfilled', value: 'A' } } });
    const second = outcomes.next();
    expect(started).toEqual(['a', 'b', 'c']);
    expect(await second).toMatchObject({ value: { item: 'b', outcome: { status: 'rejected' } } });
    const rest = Array.fromAsync(outcomes);
    finish.get('c')?.();
    // 'd' starts once 'c' is next in line
    await expect.poll(() => finish.has('d')).toBe(true);
    finish.get('d')?.();
    expect((await rest).map(({ item }) => item)).toEqual(['c', 'd']);
  });

  it('has nothing to say of nothing', async () => {
    expect(await Array.fromAsync(inOrder([], 2, async () => 1))).toEqual([]);
  });
});
