import sharp from 'sharp';
import { expect, it } from 'vitest';
import { cutStrip, drawSideBySide, mendStrip, TILE_SIDE } from '../../src/core/strip.ts';
import type { Raster, Size } from '../../src/core/types.ts';
import { meanGap } from '../support/pictures.ts';

const SHAPES: Readonly<Record<string, (index: number) => readonly [number, number]>> = {
  square: () => [TILE_SIDE, TILE_SIDE],
  panorama: () => [TILE_SIDE, 60],
  tower: () => [60, TILE_SIDE],
  mixed: (index) =>
    [[TILE_SIDE, 267] as const, [300, TILE_SIDE] as const, [75, 99] as const][index % 3] ?? [1, 1],
};

/** Brighter to the right in red and downwards in green; blue tells one from the others. None is as dark as what lies between. */
function tilesOf(shape: string, count: number): Raster[] {
  return Array.from({ length: count }, (_, index) => {
    const [width, height] = SHAPES[shape]?.(index) ?? [1, 1];
    const data = new Uint8Array(width * height * 3);
    for (let at = 0; at < width * height; at++) {
      const [x, y] = [at % width, Math.floor(at / width)];
      data.set([60 + (190 * x) / width, 60 + (190 * y) / height, 60 + 19 * index], at * 3);
    }
    return { width, height, data };
  });
}

async function resized({ width, height, data }: Raster, to: Size): Promise<Raster> {
  const picture = sharp(data, { raw: { width, height, channels: 3 } }).resize({ ...to, fit: 'fill' });
  return { ...to, data: await picture.raw().toBuffer() };
}

const cases = Object.keys(SHAPES).flatMap((shape) =>
  Array.from({ length: 10 }, (_, index) => [index + 1, shape] as const),
);

it.each(cases)('gives the %i pictures of a strip back exactly: %s', (count, shape) => {
  const tiles = tilesOf(shape, count);
  const cut = cutStrip(drawSideBySide(tiles), tiles);
  expect(cut.map(({ width, height }) => [width, height])).toEqual(
    tiles.map(({ width, height }) => [width, height]),
  );
  for (const [index, { data }] of cut.entries()) expect(meanGap(data, tiles[index]?.data ?? [])).toBe(0);
});

it.each(cases.filter(([count]) => count >= 6))(
  'gives the %i pictures back nearly, where a chat has shrunk the strip: %s',
  async (count, shape) => {
    const tiles = tilesOf(shape, count);
    const strip = drawSideBySide(tiles);
    const scale = Math.min(1, 1280 / strip.width);
    const seen = await resized(strip, {
      width: Math.round(strip.width * scale),
      height: Math.round(strip.height * scale),
    });
    for (const [index, part] of cutStrip(seen, tiles).entries()) {
      const tile = tiles[index] as Raster;
      expect(Math.abs(part.width - tile.width * scale)).toBeLessThanOrEqual(1);
      expect(Math.abs(part.height - tile.height * scale)).toBeLessThanOrEqual(1);
      expect(meanGap(part.data, (await resized(tile, part)).data)).toBeLessThan(3);
    }
  },
);

it('puts pictures back where they were, and leaves what lies between', () => {
  const tiles = tilesOf('mixed', 7);
  const strip = drawSideBySide(tiles);
  const before = strip.data.slice();
  mendStrip(strip, tiles, cutStrip(strip, tiles));
  expect(meanGap(strip.data, before)).toBe(0);
  const black = tiles.map(({ width, height }) => ({
    width,
    height,
    data: new Uint8Array(width * height * 3),
  }));
  mendStrip(strip, tiles, black);
  expect(meanGap(strip.data, drawSideBySide(black).data)).toBe(0);
});

it.each([
  ['shrunk to next to nothing', (strip: Raster) => resized(strip, { width: 8, height: 3 })],
  ['cut off', ({ width, data }: Raster) => ({ width, height: 90, data: data.slice(0, width * 90 * 3) })],
])('finds something of every picture in a strip that is %s', async (_, spoil) => {
  const tiles = tilesOf('mixed', 10);
  const strip = await spoil(drawSideBySide(tiles));
  const parts = cutStrip(strip, tiles);
  for (const { width, height } of parts) expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
  const before = strip.data.slice();
  mendStrip(strip, tiles, parts);
  expect(meanGap(strip.data, before)).toBe(0);
});
