import { describe, expect, it } from 'vitest';
import type { Raster } from '../../src/core/types.ts';
import { shrinkByWhole } from '../../src/services/shrink-by-whole.ts';

/** Red tells the column, green the row. */
function graph(width: number, height: number): Raster {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [pixel % width, Math.floor(pixel / width), 7][i % 3] as number;
  });
  return { width, height, data };
}

describe('shrinkByWhole', () => {
  it('takes the mean of whole blocks', () => {
    const small = shrinkByWhole(graph(12, 8), 4);
    expect(small).toMatchObject({ width: 4, height: 2 });
    // columns 0 1 2 and rows 0 1 2 have the mean 1; the next block's columns 3 4 5 the mean 4
    expect([...small.data.subarray(0, 6)]).toEqual([1, 1, 7, 4, 1, 7]);
    expect([...small.data.subarray(4 * 3, 4 * 3 + 3)]).toEqual([1, 4, 7]);
  });

  it('rounds to the nearest', () => {
    // columns 0 1 and rows 0 1: both means are 0.5
    expect([...shrinkByWhole(graph(8, 8), 4).data.subarray(0, 3)]).toEqual([1, 1, 7]);
  });

  it.each([
    [4032, 3024, 1344, 1008],
    [3000, 4000, 1000, 1333],
    [2559, 100, 2559, 100],
    [2560, 1, 1280, 1],
  ])('%i × %i becomes %i × %i', (width, height, w, h) => {
    const small = shrinkByWhole({ width, height, data: new Uint8Array(width * height * 3).fill(9) }, 1280);
    expect(small).toMatchObject({ width: w, height: h, data: { length: w * h * 3 } });
    expect(small.data.every((value) => value === 9)).toBe(true);
  });
});
