import { describe, expect, it } from 'vitest';
import { softmax } from '../../src/core/softmax.ts';

describe('softmax', () => {
  it('adds up to one and keeps the order', () => {
    const scores = softmax([1, 2, 3, 4, 5], 1);
    expect(Object.values(scores).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(scores.rock / scores.pop).toBeCloseTo(Math.E, 9);
    expect(scores.rock).toBeGreaterThan(scores.classical);
  });

  it('is softer at a higher temperature', () => {
    expect(softmax([0, 0, 0, 0, 4], 2).rock).toBeLessThan(softmax([0, 0, 0, 0, 4], 1).rock);
  });

  it('does not overflow', () => {
    expect(softmax([1000, 0, 0, 0, 0], 1).classical).toBeCloseTo(1, 12);
  });
});
