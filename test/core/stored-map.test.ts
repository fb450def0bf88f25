import { expect, it } from 'vitest';
import { GENRES, type Genre } from '../../src/core/genre.ts';
import { restoreMap, storeMaps } from '../../src/core/stored-map.ts';
import type { HeatMap } from '../../src/core/types.ts';

const WIDTH = 9;
const HEIGHT = 7;

const map = (genre: Genre, valueAt: (index: number) => number): HeatMap => ({
  genre,
  width: WIDTH,
  height: HEIGHT,
  values: Float32Array.from({ length: WIDTH * HEIGHT }, (_, index) => valueAt(index)),
});

const MAPS = {
  classical: map('classical', () => 0),
  electronic: map('electronic', () => 1),
  jazz: map('jazz', (index) => index / (WIDTH * HEIGHT - 1)),
  pop: map('pop', (index) => (index * 0.618) % 1),
  rock: map('rock', (index) => (index === 20 ? 1 : 1e-9)),
};

it('comes back as it was, each value at most 1/255 off', () => {
  const stored = JSON.parse(JSON.stringify(storeMaps(MAPS)));
  for (const genre of GENRES) {
    const restored = restoreMap(genre, stored[genre]);
    expect(restored).toMatchObject({ genre, width: WIDTH, height: HEIGHT });
    expect(restored.values).toHaveLength(WIDTH * HEIGHT);
    const off = [...restored.values].map((value, index) =>
      Math.abs(value - (MAPS[genre].values[index] ?? Number.NaN)),
    );
    expect(Math.max(...off)).toBeLessThanOrEqual(1 / 255);
  }
});

it('keeps nothing and all exactly, for a blank map stays blank', () => {
  const stored = storeMaps(MAPS);
  expect(new Set(restoreMap('classical', stored.classical).values)).toEqual(new Set([0]));
  expect(new Set(restoreMap('electronic', stored.electronic).values)).toEqual(new Set([1]));
});

it('is the same again the second time', () => {
  const once = storeMaps(MAPS);
  const again = storeMaps({ ...MAPS, pop: restoreMap('pop', once.pop) });
  expect(again.pop).toEqual(once.pop);
});

it('is small', () => {
  expect(storeMaps(MAPS).jazz.heat.length).toBeLessThan(100);
});
