import { HEAT_COLOURS } from './heat-colours.ts';
import type { HeatMap, Raster } from './types.ts';

/** Of 256; below full cover, so that the photo stays visible under the hottest place. */
const MAX_ALPHA = 176;

/** How much of the heat colour covers the photo, by heat 0 … 255: nothing where cold, rising smoothly. */
const ALPHA = Uint8Array.from({ length: 256 }, (_, heat) => {
  const t = Math.min(1, Math.max(0, (heat / 255 - 0.12) / 0.7));
  return Math.round(MAX_ALPHA * t * t * (3 - 2 * t));
});

/** Heat colour × alpha, so that a pixel costs one multiplication a channel. */
const TINT = Uint16Array.from(HEAT_COLOURS, (value, i) => value * (ALPHA[Math.floor(i / 3)] ?? 0));

/** The least heat, 0 … 255, that shows. */
const COLD = ALPHA.findIndex((alpha) => alpha > 0);

/** The photo with the map over it, and a legend: a bar from cold to hot in the lower right corner. */
export function drawOverlay(photo: Raster, map: HeatMap): Raster {
  const { width, height } = photo;
  const data = new Uint8Array(photo.data);
  const columns = samples(width, map.width);
  const rows = samples(height, map.height);
  const stretches = stretchesOf(columns);
  const line = new Int32Array(map.width);
  for (let y = 0; y < height; y++) {
    mixRows(map, rows, y, line);
    for (const { start, end, before, after } of stretches) {
      const from = line[before] as number;
      const to = line[after] as number;
      // most of a picture is cold: whole stretches of it are left as they are
      if (Math.max(from, to) >> 8 >= COLD) {
        blend(data, (y * width + start) * 3, columns.share.subarray(start, end), from, to - from);
      }
    }
  }
  const overlay = { width, height, data };
  drawLegend(overlay);
  return overlay;
}

/** For each of `length` pixels: the map cell before its centre, the one after, and how far between the two, 0 … 256 (bilinear). */
interface Samples {
  readonly before: Uint16Array;
  readonly after: Uint16Array;
  readonly share: Int32Array;
}

function samples(length: number, cells: number): Samples {
  const before = new Uint16Array(length);
  const after = new Uint16Array(length);
  const share = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const at = Math.min(cells - 1, Math.max(0, ((i + 0.5) / length) * cells - 0.5));
    const cell = Math.floor(at);
    before[i] = cell;
    after[i] = Math.min(cells - 1, cell + 1);
    share[i] = Math.round(256 * (at - cell));
  }
  return { before, after, share };
}

/** Neighbouring pixels, start ≤ x < end, between the same two cells. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

function stretchesOf({ before, after }: Samples): Stretch[] {
  const stretches: Stretch[] = [];
  for (let start = 0, x = 1; x <= before.length; x++) {
    if (before[x] === before[start] && after[x] === after[start]) continue;
    stretches.push({ start, end: x, before: before[start] ?? 0, after: after[start] ?? 0 });
    start = x;
  }
  return stretches;
}

/** One line of the map as it lies at pixel row y: heat 0 … 255 in the upper bits, 8 bits of fraction below. */
function mixRows(map: HeatMap, rows: Samples, y: number, line: Int32Array): void {
  const above = (rows.before[y] as number) * map.width;
  const below = (rows.after[y] as number) * map.width;
  const share = (rows.share[y] as number) / 256;
  for (let x = 0; x < map.width; x++) {
    const from = map.values[above + x] as number;
    line[x] = (255 << 8) * (from + ((map.values[below + x] as number) - from) * share);
  }
}

// The indices below are in range by construction; `as number` spares the hot loop a check a pixel.
function blend(data: Uint8Array, start: number, shares: Int32Array, from: number, rise: number): void {
  for (let x = 0, at = start; x < shares.length; x++, at += 3) {
    const heat = ((from << 8) + Math.imul(rise, shares[x] as number)) >> 16;
    const keep = 256 - (ALPHA[heat] as number);
    const tint = heat * 3;
    data[at] = ((data[at] as number) * keep + (TINT[tint] as number)) >> 8;
    data[at + 1] = ((data[at + 1] as number) * keep + (TINT[tint + 1] as number)) >> 8;
    data[at + 2] = ((data[at + 2] as number) * keep + (TINT[tint + 2] as number)) >> 8;
  }
}

/** A fifth of the width, framed in white; left out where the picture is too small to hold it. */
function drawLegend({ width, height, data }: Raster): void {
  const barWidth = Math.round(width / 5);
  const barHeight = Math.max(4, Math.round(Math.min(width, height) / 50));
  const margin = barHeight;
  if (barWidth < 24 || barWidth + 2 * margin > width || barHeight + 2 * margin > height) return;
  const left = width - margin - barWidth;
  const top = height - margin - barHeight;
  for (let y = -1; y <= barHeight; y++) {
    for (let x = -1; x <= barWidth; x++) {
      const framed = y < 0 || x < 0 || y === barHeight || x === barWidth;
      const colour = 3 * Math.round((255 * Math.max(0, x)) / barWidth);
      const at = ((top + y) * width + left + x) * 3;
      for (let c = 0; c < 3; c++) data[at + c] = framed ? 255 : (HEAT_COLOURS[colour + c] as number);
    }
  }
}
