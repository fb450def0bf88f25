import type { Raster } from './types.ts';

/** Fixed-point weights, as Pillow has them for 8-bit pixels: 255 × 2^22 fits an int32. */
const WEIGHT_BITS = 22;
const HALF = 1 << (WEIGHT_BITS - 1);

/** For each of `size` output pixels: the first input pixel it is made of, and the weights of that one and the next ones. */
interface Taps {
  readonly first: Uint16Array;
  /** [size × count], int32 fixed point; a row sums to 2^22. */
  readonly weights: Int32Array;
  readonly count: number;
}

/**
 * The whole picture as a `size` × `size` square, by the triangle filter that Pillow calls BILINEAR: widened where the
 * picture shrinks, so that every pixel counts. The network was trained on pictures resized by Pillow, and this gives the
 * very same bytes (libvips' linear kernel differs by 5 of 255 on average where a picture is enlarged).
 */
export function resizeSquare({ width, height, data }: Raster, size: number): Raster {
  const across = taps(width, size);
  const down = taps(height, size);
  const narrow = new Uint8Array(size * height * 3);
  for (let y = 0; y < height; y++) narrowRow(data, y * width * 3, across, narrow, y * size * 3);
  const square = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) mixRows(narrow, size * 3, down, y, square);
  return { width: size, height: size, data: square };
}

function taps(length: number, size: number): Taps {
  const scale = length / size;
  const support = Math.max(1, scale);
  const count = Math.min(length, Math.ceil(support) * 2 + 1);
  const first = new Uint16Array(size);
  const weights = new Int32Array(size * count);
  for (let i = 0; i < size; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.min(length - count, Math.max(0, Math.trunc(centre - support + 0.5)));
    first[i] = start;
    const row = Array.from({ length: count }, (_, k) =>
      Math.max(0, 1 - Math.abs((start + k - centre + 0.5) / support)),
    );
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((weight, k) => {
      weights[i * count + k] = Math.trunc((weight / sum) * 2 ** WEIGHT_BITS + 0.5);
    });
  }
  return { first, weights, count };
}

// The indices below are in range by construction; `as number` spares the hot loops a check a pixel.
function narrowRow(from: Uint8Array, start: number, taps: Taps, to: Uint8Array, at: number): void {
  const { first, weights, count } = taps;
  for (let x = 0, weight = 0; x < first.length; x++, at += 3) {
    let red = HALF;
    let green = HALF;
    let blue = HALF;
    let pixel = start + (first[x] as number) * 3;
    for (let k = 0; k < count; k++, weight++, pixel += 3) {
      const w = weights[weight] as number;
      red += Math.imul(w, from[pixel] as number);
      green += Math.imul(w, from[pixel + 1] as number);
      blue += Math.imul(w, from[pixel + 2] as number);
    }
    to[at] = red >> WEIGHT_BITS;
    to[at + 1] = green >> WEIGHT_BITS;
    to[at + 2] = blue >> WEIGHT_BITS;
  }
}

function mixRows(from: Uint8Array, stride: number, taps: Taps, y: number, to: Uint8Array): void {
  const { first, weights, count } = taps;
  const start = (first[y] as number) * stride;
  for (let i = 0; i < stride; i++) {
    let sum = HALF;
    for (let k = 0, at = start + i; k < count; k++, at += stride) {
      sum += Math.imul(weights[y * count + k] as number, from[at] as number);
    }
    to[y * stride + i] = sum >> WEIGHT_BITS;
  }
}
