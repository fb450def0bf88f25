import { describe, expect, it } from 'vitest';
import { resizeSquare } from '../../src/core/resize-square.ts';
import type { Raster } from '../../src/core/types.ts';

function pattern(width: number, height: number): Raster {
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => (i * 37 + Math.floor(i / 7) * 11) % 256,
  );
  return { width, height, data };
}

/** What Pillow 13's `resize((size, size), Image.BILINEAR)` gives for the same patterns. */
const PILLOW: [number, number, number, number[]][] = [
  [
    3,
    2,
    4,
    [
      0, 37, 74, 69, 106, 143, 153, 98, 135, 222, 14, 51, 22, 59, 96, 91, 128, 127, 152, 120, 119, 183, 36,
      73, 66, 103, 140, 135, 172, 94, 150, 164, 86, 104, 80, 117, 88, 125, 162, 157, 194, 78, 149, 186, 70,
      65, 102, 139,
    ],
  ],
  [
    5,
    4,
    3,
    [
      67, 104, 141, 146, 87, 124, 127, 166, 104, 146, 128, 167, 129, 138, 147, 106, 146, 128, 146, 154, 90,
      127, 149, 172, 110, 147, 154,
    ],
  ],
  [7, 9, 2, [118, 129, 129, 123, 134, 129, 124, 126, 122, 120, 130, 131]],
];

describe('resizeSquare', () => {
  it.each(PILLOW)(
    '%i × %i to a square of %i gives the bytes that Pillow does',
    (width, height, size, bytes) => {
      const square = resizeSquare(pattern(width, height), size);
      expect(square).toMatchObject({ width: size, height: size });
      expect([...square.data]).toEqual(bytes);
    },
  );

  it('leaves a square of the size as it is', () => {
    expect(resizeSquare(pattern(6, 6), 6)).toEqual(pattern(6, 6));
  });

  it.each([
    [1, 1],
    [1, 500],
    [1280, 3],
  ])('keeps one colour one colour: %i × %i', (width, height) => {
    const { data } = resizeSquare({ width, height, data: new Uint8Array(width * height * 3).fill(201) }, 16);
    expect(new Set(data)).toEqual(new Set([201]));
  });
});
