import { nameColour } from './name-colour.ts';
import { type Appearance, COLOURS, type Raster } from './types.ts';

/** Every second pixel of every second row is looked at: a quarter of them, and the same numbers to two places. */
const STRIDE = 2;

/** A colour with less than this share of the pixels is not worth a word. */
const LEAST_SHARE = 0.04;

/** So that the noise of a nearly black picture is not taken for vivid colour. */
const DARK_FLOOR = 8;

const NAMELESS = COLOURS.length;
let names: Uint8Array | undefined;

/** The index into COLOURS of every colour, at 5 bits a channel. */
function colourNames(): Uint8Array {
  if (names) return names;
  names = new Uint8Array(32 * 32 * 32);
  for (let index = 0; index < names.length; index++) {
    const [red, green, blue] = [index >> 10, (index >> 5) & 31, index & 31].map((five) => five * 8 + 4);
    const name = nameColour(red ?? 0, green ?? 0, blue ?? 0);
    names[index] = name === null ? NAMELESS : COLOURS.indexOf(name);
  }
  return names;
}

interface Sums {
  count: number;
  luma: number;
  lumaSquared: number;
  chroma: number;
  value: number;
  warmth: number;
  steps: number;
  stepCount: number;
  readonly colours: Float64Array;
}

/** Rec. 601 luma of the pixel that starts at `at`, 0 … 255. */
function lumaAt(data: Uint8Array, at: number): number {
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

function addPixel(sums: Sums, data: Uint8Array, at: number, byColour: Uint8Array): number {
  const red = data[at] ?? 0;
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  const luma = lumaAt(data, at);
  const value = Math.max(red, green, blue);
  const name = byColour[((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)] ?? NAMELESS;
  sums.count += 1;
  sums.luma += luma;
  sums.lumaSquared += luma * luma;
  sums.chroma += value - Math.min(red, green, blue);
  sums.value += value;
  sums.warmth += red - blue;
  sums.colours[name] = (sums.colours[name] ?? 0) + 1;
  return luma;
}

function addSteps(sums: Sums, raster: Raster, x: number, y: number, luma: number): void {
  const at = (y * raster.width + x) * 3;
  if (x + 1 < raster.width) {
    sums.steps += Math.abs(lumaAt(raster.data, at + 3) - luma);
    sums.stepCount += 1;
  }
  if (y + 1 < raster.height) {
    sums.steps += Math.abs(lumaAt(raster.data, at + raster.width * 3) - luma);
    sums.stepCount += 1;
  }
}

function sumUp(raster: Raster, inside: Uint8Array | undefined): Sums {
  const colours = new Float64Array(NAMELESS + 1);
  const sums = {
    count: 0,
    luma: 0,
    lumaSquared: 0,
    chroma: 0,
    value: 0,
    warmth: 0,
    steps: 0,
    stepCount: 0,
    colours,
  };
  const byColour = colourNames();
  for (let y = 0; y < raster.height; y += STRIDE) {
    for (let x = 0; x < raster.width; x += STRIDE) {
      const pixel = y * raster.width + x;
      if (inside && inside[pixel] === 0) continue;
      addSteps(sums, raster, x, y, addPixel(sums, raster.data, pixel * 3, byColour));
    }
  }
  return sums;
}

function mainColours(sums: Sums, count: number): Appearance['colours'] {
  return COLOURS.map((colour, index) => ({ colour, share: (sums.colours[index] ?? 0) / count }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3);
}

/**
 * Light, colour and texture of the picture, or of the part of it where `inside` (one byte a pixel) is not 0.
 * An empty part measures 0 throughout.
 */
export function measureAppearance(raster: Raster, inside?: Uint8Array): Appearance {
  const sums = sumUp(raster, inside);
  const count = Math.max(1, sums.count);
  const luma = sums.luma / count;
  return {
    brightness: luma / 255,
    contrast: Math.sqrt(Math.max(0, sums.lumaSquared / count - luma * luma)) / 255,
    saturation: sums.chroma / Math.max(sums.value, DARK_FLOOR * count),
    warmth: sums.warmth / count / 255,
    edges: sums.steps / Math.max(1, sums.stepCount) / 255,
    colours: mainColours(sums, count),
  };
}
