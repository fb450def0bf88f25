import { describe, expect, it } from 'vitest';
import { drawSideBySide, TILE_SIDE, withMargins } from '../../src/core/strip.ts';
import type { Raster } from '../../src/core/types.ts';

/** One colour; no two shades are that of the background. */
function tile(width: number, height: number, shade = 200): Raster {
  return { width, height, data: new Uint8Array(width * height * 3).fill(shade) };
}

/** Where pixels of a shade lie, and how many they are. */
function extent({ width, data }: Raster, shade: number) {
  const found = { left: Infinity, top: Infinity, right: -1, bottom: -1, pixels: 0 };
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] !== shade) continue;
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y);
    found.pixels += 1;
  }
  return found;
}

const ratio = ({ width, height }: Raster) => Math.max(width / height, height / width);

const SHAPES: Readonly<Record<string, (index: number) => readonly [number, number]>> = {
  square: () => [TILE_SIDE, TILE_SIDE],
  tall: () => [300, TILE_SIDE],
  panorama: () => [TILE_SIDE, 20],
  tower: () => [20, TILE_SIDE],
  tiny: () => [1, 1],
  mixed: (index) => (index % 2 ? [TILE_SIDE, 40] : [60, TILE_SIDE]),
};

describe('drawSideBySide', () => {
  const cases = Object.keys(SHAPES).flatMap((shape) =>
    Array.from({ length: 10 }, (_, index) => [index + 1, shape] as const),
  );

  it.each(cases)('shows %i whole, in order, none over another: %s', (count, shape) => {
    const tiles = Array.from({ length: count }, (_, index) => {
      const [width, height] = SHAPES[shape]?.(index) ?? [1, 1];
      return tile(width, height, 100 + index);
    });
    const strip = drawSideBySide(tiles);
    expect(strip.data).toHaveLength(strip.width * strip.height * 3);
    expect(ratio(strip)).toBeLessThanOrEqual(20);
    expect(strip.width + strip.height).toBeLessThanOrEqual(10_000);
    const places = tiles.map(({ width, height }, index) => {
      const place = extent(strip, 100 + index);
      expect(place.pixels).toBe(width * height);
      expect([place.right - place.left + 1, place.bottom - place.top + 1]).toEqual([width, height]);
      return place;
    });
    const rows = count > 5 ? 2 : 1;
    const columns = Math.ceil(count / rows);
    places.slice(1).forEach((place, index) => {
      const before = places[index] as typeof place;
      if ((index + 1) % columns === 0) expect(place.top).toBeGreaterThan(before.bottom);
      else expect(place.left).toBeGreaterThan(before.right);
    });
  });

  it('leaves the pictures as they are', () => {
    const given = [tile(10, 10, 1), tile(20, 5, 2)];
    drawSideBySide(given);
    expect(given).toEqual([tile(10, 10, 1), tile(20, 5, 2)]);
  });
});

describe('withMargins', () => {
  it.each([
    [1280, 720],
    [720, 1280],
    [1000, 100],
    [1, 1],
    [7, 1],
  ])('leaves %i × %i as it is', (width, height) => {
    const picture = tile(width, height);
    expect(withMargins(picture)).toBe(picture);
  });

  it.each([
    [1280, 1],
    [1, 1280],
    [1280, 127],
    [11, 1],
  ])('puts %i × %i in the middle of a wider one', (width, height) => {
    const framed = withMargins(tile(width, height));
    expect(ratio(framed)).toBeLessThanOrEqual(10);
    const place = extent(framed, 200);
    expect(place.pixels).toBe(width * height);
    expect(Math.abs(place.left - (framed.width - 1 - place.right))).toBeLessThanOrEqual(1);
    expect(Math.abs(place.top - (framed.height - 1 - place.bottom))).toBeLessThanOrEqual(1);
    expect(Math.max(framed.width, framed.height)).toBe(Math.max(width, height));
  });
});
