import { describe, expect, it } from 'vitest';
import { measureAppearance } from '../../src/core/measure-appearance.ts';
import { nameColour } from '../../src/core/name-colour.ts';
import type { Raster } from '../../src/core/types.ts';

type Rgb = readonly [number, number, number];

function paint(width: number, height: number, colourAt: (x: number, y: number) => Rgb): Raster {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return colourAt(pixel % width, Math.floor(pixel / width))[index % 3] ?? 0;
  });
  return { width, height, data };
}

const flat = (colour: Rgb): Raster => paint(16, 16, () => colour);

describe('measureAppearance', () => {
  it('measures black and white as the two ends of brightness', () => {
    expect(measureAppearance(flat([0, 0, 0]))).toEqual({
      brightness: 0,
      contrast: 0,
      saturation: 0,
      warmth: 0,
      edges: 0,
      colours: [{ colour: 'black', share: 1 }],
    });
    const white = measureAppearance(flat([255, 255, 255]));
    expect(white.brightness).toBeCloseTo(1, 6);
    expect(white.colours).toEqual([{ colour: 'white', share: 1 }]);
  });

  it('tells warm from cold, and vivid from grey', () => {
    expect(measureAppearance(flat([255, 0, 0]))).toMatchObject({ warmth: 1, saturation: 1 });
    expect(measureAppearance(flat([0, 0, 255]))).toMatchObject({ warmth: -1, saturation: 1 });
    expect(measureAppearance(flat([90, 90, 90]))).toMatchObject({ warmth: 0, saturation: 0 });
  });

  it('does not take the noise of the dark for vivid colour', () => {
    expect(measureAppearance(flat([2, 0, 1])).saturation).toBeLessThan(0.3);
  });

  it('has the greatest contrast and the busiest edges in fine black and white stripes', () => {
    const stripes = measureAppearance(paint(64, 64, (x) => (x % 4 < 2 ? [0, 0, 0] : [255, 255, 255])));
    expect(stripes.contrast).toBeCloseTo(0.5, 2);
    const halves = measureAppearance(paint(64, 64, (x) => (x < 32 ? [0, 0, 0] : [255, 255, 255])));
    expect(halves.contrast).toBeCloseTo(0.5, 2);
    expect(halves.edges).toBeLessThan(0.05);
    const checks = measureAppearance(paint(64, 64, (x, y) => ((x + y) % 2 ? [255, 255, 255] : [0, 0, 0])));
    expect(checks.edges).toBeCloseTo(1, 2);
  });

  it('lists up to three colours, the largest first, as shares of all pixels', () => {
    const { colours } = measureAppearance(
      paint(40, 8, (x) => {
        if (x < 20) return [200, 30, 30];
        if (x < 30) return [30, 60, 200];
        return x < 36 ? [20, 140, 40] : [250, 230, 40];
      }),
    );
    expect(colours.map(({ colour }) => colour)).toEqual(['red', 'blue', 'green']);
    expect(colours.map(({ share }) => share)).toEqual([0.5, 0.25, 0.15]);
  });

  it('measures only the part it is given', () => {
    const raster = paint(16, 16, (x) => (x < 8 ? [255, 255, 255] : [0, 0, 0]));
    const left = Uint8Array.from({ length: 256 }, (_, pixel) => (pixel % 16 < 8 ? 1 : 0));
    expect(measureAppearance(raster, left).brightness).toBeCloseTo(1, 6);
    expect(measureAppearance(raster, left).colours).toEqual([{ colour: 'white', share: 1 }]);
  });

  it('measures 0, never NaN, where there is nothing to measure', () => {
    const nothing = measureAppearance(flat([9, 9, 9]), new Uint8Array(256));
    expect(Object.values(nothing)).toEqual([0, 0, 0, 0, 0, []]);
    const dot = measureAppearance({ width: 1, height: 1, data: Uint8Array.from([9, 90, 200]) });
    expect(
      Object.values(dot)
        .flat()
        .every((value) => !Number.isNaN(value)),
    ).toBe(true);
  });
});

describe('nameColour', () => {
  it.each([
    ['black', [12, 12, 14]],
    ['grey', [128, 128, 128]],
    ['grey', [95, 105, 115]],
    ['white', [250, 250, 248]],
    ['red', [205, 25, 30]],
    ['red', [120, 15, 20]],
    ['orange', [255, 140, 0]],
    ['brown', [101, 67, 33]],
    ['brown', [139, 69, 19]],
    ['yellow', [255, 225, 50]],
    ['green', [40, 140, 40]],
    ['green', [107, 142, 35]],
    ['teal', [0, 128, 128]],
    ['blue', [20, 60, 200]],
    ['blue', [100, 170, 235]],
    ['blue', [10, 10, 90]],
    ['purple', [120, 40, 160]],
    ['pink', [255, 105, 180]],
    ['pink', [255, 182, 193]],
  ] as const)('calls %s what people call so: %j', (name, [red, green, blue]) => {
    expect(nameColour(red, green, blue)).toBe(name);
  });

  it('has no name for beige', () => {
    expect(nameColour(225, 205, 175)).toBeNull();
  });
});
