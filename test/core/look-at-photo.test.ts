import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import {
  drawPhoto,
  drawStrip,
  type LookDependencies,
  lookAtPhoto,
  measurePhoto,
} from '../../src/core/look-at-photo.ts';
import type { HeatMap, Raster } from '../../src/core/types.ts';

const SHA = 'ab'.repeat(32);
const PLAIN = { why: null, withPhoto: false, withPreviews: false, withCopy: false };

function raster(width: number, height: number, shade = 128): Raster {
  return { width, height, data: new Uint8Array(width * height * 3).fill(shade) };
}

const hotCorner: HeatMap = { genre: 'rock', width: 2, height: 2, values: Float32Array.of(0, 0, 0, 1) };

function start(width = 400, height = 300) {
  const photo = raster(width, height);
  const encoded: { width: number; height: number; brightest: number }[] = [];
  const dependencies: LookDependencies = {
    codec: {
      decode: async () => Promise.reject(new Error('not asked')),
      tile: async (picture, side) => raster(Math.min(picture.width, side), 30),
      async encode(picture) {
        const brightest = picture.data.reduce((most, value) => Math.max(most, value), 0);
        encoded.push({ width: picture.width, height: picture.height, brightest });
        return Uint8Array.of(encoded.length);
      },
    },
    classifier: {
      async classify() {
        const scores = { classical: 0, electronic: 0, jazz: 0.7, pop: 0, rock: 0.3 };
        const features = { channels: 2, width: 2, height: 1, values: Float32Array.of(1, 0, 0, 1) };
        return { scores, features };
      },
      // rock is seen on the right only, all others on the left
      gradient: (genre) => (genre === 'rock' ? Float32Array.of(-1, 1) : Float32Array.of(1, -1)),
    },
    clock: () => 0,
  };
  const decode = async () => ({ photo, input: raster(8, 8), notes: ['truncated' as const] });
  return { photo, encoded, dependencies, decode };
}

describe('lookAtPhoto', () => {
  it.each([
    [null, 'jazz', 'left'],
    ['rock', 'rock', 'right'],
  ] as const)('draws and measures one genre’s map, and gives all five: %s', async (why, genre, place) => {
    const { decode, dependencies, encoded, photo } = start();
    const look = await lookAtPhoto(decode, SHA, { ...PLAIN, why }, dependencies);
    expect(look.genre).toBe(genre);
    expect(look.evidence.place).toMatch(place);
    expect(Object.keys(look.maps)).toEqual([...GENRES]);
    for (const each of GENRES) expect(look.maps[each].genre).toBe(each);
    expect([...look.maps.rock.values]).toEqual([0, 1]);
    expect([...look.maps.jazz.values]).toEqual([1, 0]);
    expect(look.heatmap).toMatchObject({ width: 400, height: 300 });
    expect(encoded).toHaveLength(1);
    expect(photo.data).toHaveLength(0);
  });

  it('gives a line of a photo margins, so that it can be shown', async () => {
    const { decode, dependencies, encoded } = start(1280, 4);
    await lookAtPhoto(decode, SHA, PLAIN, dependencies);
    expect(encoded).toMatchObject([{ width: 1280, height: 128 }]);
  });
});

describe('lookAtPhoto, with the photo', () => {
  it.each([
    [400, 300],
    [1280, 4],
  ])('gives it as it was read, of its own size, and frees it: %i × %i', async (width, height) => {
    const { decode, dependencies, encoded, photo } = start(width, height);
    const wanted = { ...PLAIN, withPhoto: true };
    const { photo: jpeg, heatmap } = await lookAtPhoto(decode, SHA, wanted, dependencies);
    expect(encoded[1]).toEqual({ width, height, brightest: 128 });
    expect(jpeg).toEqual(Uint8Array.of(2));
    expect(heatmap.jpeg).toEqual(Uint8Array.of(1));
    expect(photo.data).toHaveLength(0);
  });

  it('gives none where it is not wanted', async () => {
    const [look, draw] = [start(), start()];
    expect((await lookAtPhoto(look.decode, SHA, PLAIN, look.dependencies)).photo).toBeNull();
    expect((await drawPhoto(draw.decode, hotCorner, false, draw.dependencies)).photo).toBeNull();
  });
});

describe('measurePhoto', () => {
  it('gives what the network says, all maps and a small picture, and frees the large one', async () => {
    const { decode, dependencies, photo, encoded } = start(1280, 300);
    const measured = await measurePhoto(decode, SHA, false, dependencies);
    expect(measured).toMatchObject({ sha256: SHA, notes: ['truncated'], scores: { jazz: 0.7 } });
    expect(Object.keys(measured.maps)).toEqual([...GENRES]);
    expect(measured.tile.width).toBe(400);
    expect(photo.data).toHaveLength(0);
    expect(encoded).toEqual([]);
  });
});

describe('drawPhoto', () => {
  it('draws the map that it is given, and measures under it', async () => {
    const { decode, dependencies, encoded } = start(1280, 4);
    const { evidence, heatmap } = await drawPhoto(decode, hotCorner, false, dependencies);
    expect(evidence).toMatchObject({ blank: false, place: 'bottom-right' });
    expect(encoded).toMatchObject([{ width: 1280, height: 128 }]);
    expect(heatmap).toMatchObject({ width: 1280, height: 128 });
  });
});

describe('drawStrip', () => {
  it('draws all side by side and measures the one that is asked for', async () => {
    const { dependencies, encoded } = start();
    const cold = { ...hotCorner, values: Float32Array.of(1, 0, 0, 0) };
    const pictures = [
      { tile: raster(300, 200, 255), map: cold },
      { tile: raster(300, 200, 0), map: hotCorner },
    ];
    const { evidence, heatmap } = await drawStrip(pictures, 1, PLAIN, dependencies);
    expect(evidence.place).toBe('bottom-right');
    expect(evidence.hot.brightness).toBe(0);
    expect(heatmap.width).toBeGreaterThan(600);
    expect(encoded).toMatchObject([{ width: heatmap.width, height: heatmap.height }]);
    expect((await drawStrip(pictures, 0, PLAIN, dependencies)).evidence.hot.brightness).toBeCloseTo(1);
  });

  it('gives them side by side without heat, too, where that is wanted', async () => {
    const { dependencies, encoded } = start();
    const pictures = [100, 90].map((shade) => ({ tile: raster(300, 200, shade), map: hotCorner }));
    const { heatmap, photo } = await drawStrip(pictures, 0, { ...PLAIN, withPhoto: true }, dependencies);
    const { width, height } = heatmap;
    expect(encoded).toMatchObject([
      { width, height },
      { width, height, brightest: 100 },
    ]);
    expect([heatmap.jpeg, photo]).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
    expect((await drawStrip(pictures, 0, PLAIN, dependencies)).photo).toBeNull();
  });
});
