import { describe, expect, it } from 'vitest';
import { locateHeat, measureHeat } from '../../src/core/measure-heat.ts';
import { type HeatMap, PLACES, type Raster } from '../../src/core/types.ts';

/** White above, black below. */
const raster: Raster = {
  width: 64,
  height: 64,
  data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => (index < 32 * 64 * 3 ? 255 : 0)),
};

function map(width: number, height: number, heatAt: (x: number, y: number) => number): HeatMap {
  const values = Float32Array.from({ length: width * height }, (_, index) =>
    heatAt(index % width, Math.floor(index / width)),
  );
  return { genre: 'jazz', width, height, values };
}

describe('measureHeat', () => {
  it('is blank for an all-zero map, and measures the whole picture then', () => {
    const evidence = measureHeat(
      map(8, 8, () => 0),
      raster,
    );
    expect(evidence).toMatchObject({ blank: true, placeShare: 0, halfArea: 0 });
    expect(evidence.hot.brightness).toBeCloseTo(0.5, 2);
  });

  it('spreads evenly over an even map', () => {
    const evidence = measureHeat(
      map(8, 8, () => 1),
      raster,
    );
    expect(evidence.blank).toBe(false);
    expect(evidence.placeShare).toBeCloseTo(1 / 9, 1);
    expect(evidence.halfArea).toBeCloseTo(0.5, 2);
  });

  it.each(PLACES.map((place, index) => [place, index] as const))('finds the heat at %s', (place, index) => {
    const [column, row] = [index % 3, Math.floor(index / 3)];
    const evidence = measureHeat(
      map(9, 9, (x, y) => (x === column * 3 + 1 && y === row * 3 + 1 ? 1 : 0)),
      raster,
    );
    expect(evidence.place).toBe(place);
    expect(evidence.placeShare).toBeGreaterThan(0.9);
    expect(evidence.halfArea).toBeLessThan(0.02);
  });

  it('looks at the hot part only', () => {
    const above = measureHeat(
      map(8, 8, (_, y) => (y < 2 ? 1 : 0)),
      raster,
    );
    expect(above.hot.brightness).toBeCloseTo(1, 2);
    expect(above.hot.colours).toEqual([{ colour: 'white', share: 1 }]);
    const below = measureHeat(
      map(8, 8, (_, y) => (y > 5 ? 1 : 0)),
      raster,
    );
    expect(below.hot.brightness).toBe(0);
  });

  it.each([
    [1, 1],
    [2, 5],
    [7, 7],
    [16, 3],
  ])('never yields NaN, also for a map of %i × %i', (width, height) => {
    const { hot, placeShare, halfArea } = measureHeat(
      map(width, height, (x, y) => x + y + 0.1),
      { width: 3, height: 2, data: new Uint8Array(18) },
    );
    expect([placeShare, halfArea, hot.brightness, hot.edges, hot.saturation].every(Number.isFinite)).toBe(
      true,
    );
  });

  it('treats a broken map as blank', () => {
    const evidence = measureHeat(
      map(2, 2, () => Number.NaN),
      raster,
    );
    expect(evidence.blank).toBe(true);
  });
});

describe('locateHeat', () => {
  const { hot: whole } = measureHeat(
    map(1, 1, () => 0),
    raster,
  );

  it.each([
    ['one corner', map(9, 9, (x, y) => (x > 6 && y > 6 ? 1 : 0))],
    ['everywhere', map(3, 5, () => 0.5)],
    ['nowhere', map(7, 7, () => 0)],
  ])(
    'finds the place as measureHeat does, and claims no more than the whole photo’s look: %s',
    (_, given) => {
      const { hot, ...where } = locateHeat(given, whole);
      const { hot: __, ...measured } = measureHeat(given, raster);
      expect(where).toEqual(measured);
      expect(hot).toEqual(whole);
    },
  );
});
