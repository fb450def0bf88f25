import { expect, it } from 'vitest';
import { drawOverStrip, drawStrip, type LookDependencies } from '../../src/core/look-at-photo.ts';
import { cutStrip } from '../../src/core/strip.ts';
import type { HeatMap, Raster } from '../../src/core/types.ts';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';
import { meanGap, pixelAt } from '../support/pictures.ts';

const WITH_PHOTO = { withPhoto: true, withPreviews: false };

const codec = createSharpCodec({ inputSize: 32 });
const never = () => {
  throw new Error('no network is asked');
};
const dependencies: LookDependencies = {
  codec,
  classifier: { classify: never, gradient: never },
  clock: () => 0,
};

/** Hot in one corner: 0 top left, 1 top right, 2 bottom left, 3 bottom right. */
function hotIn(corner: number): HeatMap {
  const values = Float32Array.from({ length: 4 }, (_, at) => (at === corner ? 1 : 0));
  return { genre: 'rock', width: 2, height: 2, values };
}

/** Grey pictures of one shape after the other, each hot in the next corner. */
function picturesOf(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const [width, height] = [[400, 267] as const, [300, 400] as const, [400, 120] as const][index % 3] ?? [
      1, 1,
    ];
    const tile: Raster = { width, height, data: new Uint8Array(width * height * 3).fill(128) };
    return { tile, map: hotIn(index % 4), size: { width, height } };
  });
}

/** How far a corner is from grey; clear of the legend in the last one. */
function colourIn(part: Raster, corner: number): number {
  const pixel = pixelAt(part, corner % 2 ? 0.7 : 0.25, corner > 1 ? 0.7 : 0.25);
  return Math.max(...pixel) - Math.min(...pixel);
}

it.each([1, 2, 5, 6, 7, 10])('draws the heat of %i pictures where it was', async (count) => {
  const pictures = picturesOf(count);
  const measured = count - 1;
  const first = await drawStrip(pictures, measured, WITH_PHOTO, dependencies);
  const decode = () => codec.decode(first.photo ?? new Uint8Array());
  const again = await drawOverStrip(decode, pictures, measured, false, dependencies);

  const sizes = pictures.map(({ size }) => size);
  const [{ photo: strip }, { photo: plain }] = [await codec.decode(again.heatmap.jpeg), await decode()];
  expect([strip.width, strip.height]).toEqual([plain.width, plain.height]);
  expect(again.heatmap).toMatchObject({ width: plain.width, height: plain.height });
  for (const [index, part] of cutStrip(strip, sizes).entries()) {
    const colours = [0, 1, 2, 3].map((corner) => colourIn(part, corner));
    const [hot] = colours.splice(index % 4, 1);
    expect(hot).toBeGreaterThan(50);
    expect(Math.max(...colours)).toBeLessThan(25);
  }
  expect(again.photo).toBeNull();
  expect(again.evidence).toMatchObject({ place: first.evidence.place, blank: false });
  expect(again.evidence.hot.brightness).toBeCloseTo(first.evidence.hot.brightness, 2);
});

it('looks like the strip that was drawn first', async () => {
  const pictures = picturesOf(6);
  const first = await drawStrip(pictures, 0, WITH_PHOTO, dependencies);
  const plain = first.photo ?? new Uint8Array();
  const again = await drawOverStrip(() => codec.decode(plain), pictures, 0, false, dependencies);
  const [a, b, cold] = await Promise.all(
    [first.heatmap.jpeg, again.heatmap.jpeg, plain].map(
      async (jpeg) => (await codec.decode(jpeg)).photo.data,
    ),
  );
  expect(meanGap(a as Uint8Array, b as Uint8Array)).toBeLessThan(1);
  expect(meanGap(a as Uint8Array, cold as Uint8Array)).toBeGreaterThan(5);
});
