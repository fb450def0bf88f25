import { describe, expect, it } from 'vitest';
import { HEAT_COLOURS } from '../../src/core/heat-colours.ts';
import { drawOverlay } from '../../src/core/overlay.ts';
import type { HeatMap, Raster } from '../../src/core/types.ts';

function grey(width: number, height: number): Raster {
  return { width, height, data: new Uint8Array(width * height * 3).fill(100) };
}

function heat(width: number, height: number, values: number[]): HeatMap {
  return { genre: 'jazz', width, height, values: Float32Array.from(values) };
}

function pixel({ width, data }: Raster, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

describe('drawOverlay', () => {
  it('leaves the photo clear where it is cold and warms it where it is hot', () => {
    const overlay = drawOverlay(grey(200, 100), heat(2, 1, [1, 0]));
    const [red = 0, , blue = 0] = pixel(overlay, 10, 50);
    expect(red).toBeGreaterThan(180);
    expect(red - blue).toBeGreaterThan(50);
    expect(pixel(overlay, 190, 20)).toEqual([100, 100, 100]);
  });

  it('keeps the size and leaves the given photo as it was', () => {
    const photo = grey(123, 77);
    const overlay = drawOverlay(photo, heat(8, 8, Array(64).fill(1)));
    expect([overlay.width, overlay.height]).toEqual([123, 77]);
    expect(photo.data.every((value) => value === 100)).toBe(true);
  });

  it('draws nothing but the legend for an all-zero map', () => {
    const photo = grey(200, 200);
    const overlay = drawOverlay(photo, heat(8, 8, Array(64).fill(0)));
    const changed = overlay.data.reduce((count, value, i) => count + (value === photo.data[i] ? 0 : 1), 0);
    expect(changed).toBeGreaterThan(0);
    expect(changed / photo.data.length).toBeLessThan(0.03);
  });

  it('runs the legend from cold to hot in the lower right corner', () => {
    const overlay = drawOverlay(grey(400, 400), heat(1, 1, [0]));
    expect(pixel(overlay, 400 - 8 - 80, 400 - 8 - 4)).toEqual([...HEAT_COLOURS.subarray(0, 3)]);
    const end = pixel(overlay, 400 - 8 - 1, 400 - 8 - 4);
    expect(Math.min(end[0] ?? 0, end[1] ?? 0)).toBeGreaterThan(230);
  });

  it.each([
    [1, 1],
    [1280, 1],
    [1, 1280],
    [30, 30],
  ])('survives a %i × %i photo', (width, height) => {
    const overlay = drawOverlay(grey(width, height), heat(8, 8, Array(64).fill(1)));
    expect(overlay.data.length).toBe(width * height * 3);
  });
});

describe('HEAT_COLOURS', () => {
  it('gets steadily lighter from cold to hot', () => {
    const luma = Array.from({ length: 256 }, (_, i) => {
      const [r = 0, g = 0, b = 0] = HEAT_COLOURS.subarray(3 * i, 3 * i + 3);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    for (let i = 4; i < 256; i += 4) expect(luma[i]).toBeGreaterThan(luma[i - 4] ?? 0);
  });
});
