import { describe, expect, it } from 'vitest';
import { drawMix } from '../../src/core/draw-mix.ts';
import type { Genre } from '../../src/core/genre.ts';
import { GENRE_COLOURS } from '../../src/core/genre-colours.ts';
import { mixOf } from '../../src/core/mix-of.ts';
import type { Raster } from '../../src/core/types.ts';

function draw(given: Partial<Record<Genre, number>>): Raster {
  return drawMix(mixOf({ classical: 0, electronic: 0, jazz: 0, pop: 0, rock: 0, ...given }).parts);
}

function at({ width, data }: Raster, x: number, y: number): number {
  const [red = 0, green = 0, blue = 0] = data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3);
  return (red << 16) | (green << 8) | blue;
}

const BACKGROUND = 0x181818;
const TRACK = 0x303030;

/** In the middle of the ring's band, so many turns clockwise from the top. */
function ring(picture: Raster, turns: number): number {
  const angle = 2 * Math.PI * turns;
  return at(picture, Math.round(160 + 101 * Math.sin(angle)), Math.round(160 - 101 * Math.cos(angle)));
}

/** Of the bar with that number, 0 … 4, at a share of its length. */
function bar(picture: Raster, number: number, share: number): number {
  return at(picture, Math.floor(336 + share * 268), 58 + number * 51);
}

/** How many pixels are of just this colour. */
function area({ data }: Raster, colour: number): number {
  const bytes = [colour >> 16, (colour >> 8) & 255, colour & 255];
  let count = 0;
  for (let i = 0; i < data.length; i += 3) if (bytes.every((byte, c) => data[i + c] === byte)) count += 1;
  return count;
}

describe('drawMix', () => {
  const { jazz, pop, rock, electronic } = GENRE_COLOURS;
  const mixed = draw({ jazz: 5, pop: 3, rock: 2 });

  it('is 640 × 320, on a dark ground, with nothing in the middle of the ring', () => {
    expect([mixed.width, mixed.height, mixed.data.length]).toEqual([640, 320, 640 * 320 * 3]);
    for (const [x, y] of [[0, 0] as const, [639, 319] as const, [160, 160] as const, [310, 160] as const]) {
      expect(at(mixed, x, y)).toBe(BACKGROUND);
    }
  });

  it('runs the ring clockwise from the top, largest first', () => {
    for (const turns of [0.02, 0.25, 0.48]) expect(ring(mixed, turns)).toBe(jazz);
    for (const turns of [0.52, 0.65, 0.78]) expect(ring(mixed, turns)).toBe(pop);
    for (const turns of [0.82, 0.9, 0.98]) expect(ring(mixed, turns)).toBe(rock);
    for (const turns of [0, 0.5, 0.8]) expect(ring(mixed, turns)).toBe(BACKGROUND);
  });

  it('gives each genre a bar of its share, in the same order', () => {
    for (const [number, colour, share] of [
      [0, jazz, 0.5] as const,
      [1, pop, 0.3] as const,
      [2, rock, 0.2] as const,
    ]) {
      expect(bar(mixed, number, 0.02)).toBe(colour);
      expect(bar(mixed, number, share - 0.01)).toBe(colour);
      expect(bar(mixed, number, share + 0.01)).toBe(TRACK);
      expect(bar(mixed, number, 0.98)).toBe(TRACK);
    }
    for (const number of [3, 4]) expect(bar(mixed, number, 0.02)).toBe(TRACK);
  });

  it('closes the ring where all photos are of one genre', () => {
    const whole = draw({ electronic: 3 });
    for (const turns of [0, 0.1, 0.5, 0.9]) expect(ring(whole, turns)).toBe(electronic);
    expect(bar(whole, 0, 0.98)).toBe(electronic);
  });

  it('shows a part of more than half whole, and a small one beside it', () => {
    const most = draw({ jazz: 95, pop: 5 });
    for (const turns of [0.02, 0.4, 0.7, 0.93]) expect(ring(most, turns)).toBe(jazz);
    expect(ring(most, 0.975)).toBe(pop);
    // the gap at the top is as wide on either side
    for (const x of [158, 159, 160, 161]) expect(at(most, x, 59)).toBe(BACKGROUND);
    expect([at(most, 157, 59), at(most, 162, 59)]).toEqual([pop, jazz]);
  });

  it('gives parts of the ring areas like their shares', () => {
    const [first, second] = [area(draw({ jazz: 4, pop: 1 }), jazz), area(draw({ jazz: 4, pop: 1 }), pop)];
    expect(first / second).toBeGreaterThan(3.8);
    expect(first / second).toBeLessThan(4.3);
  });

  it('has soft edges: pixels between the colours and what is around them', () => {
    const [x, y] = [160 + Math.round(124 * Math.SQRT1_2), 160 - Math.round(124 * Math.SQRT1_2)];
    const along = Array.from({ length: 9 }, (_, step) => at(mixed, x - 4 + step, y) >> 16);
    expect(along[0]).toBe(jazz >> 16);
    expect(along[8]).toBe(BACKGROUND & 255);
    expect(along.some((red) => red > 40 && red < (jazz >> 16) - 20)).toBe(true);
    expect(along).toEqual([...along].sort((a, b) => b - a));
    expect(at(mixed, 336, 46)).toBe(BACKGROUND);
    // three eighths of a bar end in the middle of a pixel
    const end = at(draw({ pop: 5, jazz: 3 }), 436, 109) >> 16;
    expect(end).toBeGreaterThan(TRACK & 255);
    expect(end).toBeLessThan(jazz >> 16);
  });

  it('draws no ring where there is nothing', () => {
    const empty = draw({});
    expect(ring(empty, 0.3)).toBe(BACKGROUND);
    expect(bar(empty, 0, 0.02)).toBe(TRACK);
  });
});
