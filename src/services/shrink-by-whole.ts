import type { Raster } from '../core/types.ts';

/**
 * The picture at one n-th of its size, n whole, each pixel the mean of n × n, so that its long side is at least `side`
 * and less than twice that; at most n − 1 pixels are lost at the right and at the bottom. As libjpeg does it while decoding.
 */
export function shrinkByWhole(raster: Raster, side: number): Raster {
  const factor = Math.floor(Math.max(raster.width, raster.height) / side);
  if (factor < 2) return raster;
  const width = Math.max(1, Math.floor(raster.width / factor));
  const height = Math.max(1, Math.floor(raster.height / factor));
  const data = new Uint8Array(width * height * 3);
  const sums = new Float64Array(width * 3);
  const across = Math.min(factor, raster.width);
  const down = Math.min(factor, raster.height);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * factor; row < y * factor + down; row++) addRow(raster, row, factor, across, sums);
    for (let i = 0; i < sums.length; i++)
      data[y * width * 3 + i] = (sums[i] as number) / (across * down) + 0.5;
  }
  return { width, height, data };
}

// The indices are in range by construction; `as number` spares the hot loop a check a pixel.
function addRow(
  { width, data }: Raster,
  row: number,
  factor: number,
  across: number,
  sums: Float64Array,
): void {
  for (let x = 0; x * 3 < sums.length; x++) {
    let at = (row * width + x * factor) * 3;
    for (let i = 0; i < across; i++, at += 3) {
      for (let c = 0; c < 3; c++) sums[x * 3 + c] = (sums[x * 3 + c] as number) + (data[at + c] as number);
    }
  }
}
