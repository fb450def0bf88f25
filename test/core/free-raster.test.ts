import { describe, expect, it } from 'vitest';
import { freeRaster } from '../../src/core/free-raster.ts';

describe('freeRaster', () => {
  it('gives the memory back at once', () => {
    const data = new Uint8Array(12);
    freeRaster({ width: 2, height: 2, data });
    expect(data).toHaveLength(0);
  });

  it('leaves a buffer alone that others share', () => {
    const shared = new Uint8Array(24).fill(7);
    freeRaster({ width: 2, height: 2, data: shared.subarray(0, 12) });
    expect(shared.every((value) => value === 7)).toBe(true);
    expect(shared).toHaveLength(24);
  });
});
