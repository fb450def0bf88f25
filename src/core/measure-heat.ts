import { measureAppearance } from './measure-appearance.ts';
import {
  type Appearance,
  type HeatEvidence,
  type HeatMap,
  PLACES,
  type Place,
  type Raster,
} from './types.ts';

/** The coarse map is measured on a grid of this many cells a side, blended like the overlay that people see. */
const GRID = 64;

/** The map's value at a point of the picture, 0 … 1 from left and top, blended between cell centres. */
function heatAt(map: HeatMap, across: number, down: number): number {
  const x = Math.min(map.width - 1, Math.max(0, across * map.width - 0.5));
  const y = Math.min(map.height - 1, Math.max(0, down * map.height - 0.5));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const right = Math.min(map.width - 1, left + 1);
  const bottom = Math.min(map.height - 1, top + 1);
  const cell = (column: number, row: number): number => map.values[row * map.width + column] ?? 0;
  const upper = cell(left, top) * (left + 1 - x) + cell(right, top) * (x - left);
  const lower = cell(left, bottom) * (left + 1 - x) + cell(right, bottom) * (x - left);
  return upper * (top + 1 - y) + lower * (y - top);
}

function fineGrid(map: HeatMap): Float64Array {
  return Float64Array.from({ length: GRID * GRID }, (_, index) => {
    const heat = heatAt(map, ((index % GRID) + 0.5) / GRID, (Math.floor(index / GRID) + 0.5) / GRID);
    return heat > 0 ? heat : 0;
  });
}

/** The heat in each ninth, in the order of PLACES. */
function ninths(grid: Float64Array): number[] {
  const heats = new Array<number>(9).fill(0);
  grid.forEach((heat, index) => {
    const column = Math.floor((((index % GRID) + 0.5) / GRID) * 3);
    const row = Math.floor(((Math.floor(index / GRID) + 0.5) / GRID) * 3);
    heats[row * 3 + column] = (heats[row * 3 + column] ?? 0) + heat;
  });
  return heats;
}

/** The fewest cells that hold half of the heat, hottest first. */
function hottestHalf(grid: Float64Array, total: number): Uint32Array {
  const order = Uint32Array.from(grid.keys()).sort((a, b) => (grid[b] ?? 0) - (grid[a] ?? 0));
  let held = 0;
  const end = order.findIndex((index) => {
    held += grid[index] ?? 0;
    return held >= total / 2;
  });
  return order.subarray(0, end + 1);
}

/** The pixels that lie in the given cells. */
function pixelsIn(cells: Uint32Array, raster: Raster): Uint8Array {
  const hot = new Uint8Array(GRID * GRID);
  for (const cell of cells) hot[cell] = 1;
  const inside = new Uint8Array(raster.width * raster.height);
  for (let y = 0; y < raster.height; y++) {
    const row = Math.floor(((y + 0.5) / raster.height) * GRID) * GRID;
    for (let x = 0; x < raster.width; x++) {
      inside[y * raster.width + x] = hot[row + Math.floor(((x + 0.5) / raster.width) * GRID)] ?? 0;
    }
  }
  return inside;
}

/** Where the heat lies, from the map alone; the cells of the fine grid that hold half of it come along. */
function locate(map: HeatMap): { readonly where: Omit<HeatEvidence, 'hot'>; readonly half: Uint32Array } {
  const grid = fineGrid(map);
  const total = grid.reduce((sum, heat) => sum + heat, 0);
  if (!(total > 0 && Number.isFinite(total))) {
    return { where: { blank: true, place: 'centre', placeShare: 0, halfArea: 0 }, half: new Uint32Array() };
  }
  const heats = ninths(grid);
  const hottest = heats.indexOf(Math.max(...heats));
  const half = hottestHalf(grid, total);
  const where = {
    blank: false,
    place: PLACES[hottest] as Place,
    placeShare: (heats[hottest] ?? 0) / total,
    halfArea: Math.min(0.5, half.length / grid.length),
  };
  return { where, half };
}

/** Where the heat of `map` lies in the picture, and how it looks there; map and raster both cover the whole photo. */
export function measureHeat(map: HeatMap, raster: Raster): HeatEvidence {
  const { where, half } = locate(map);
  const inside = where.blank ? undefined : pixelsIn(half, raster);
  return { ...where, hot: measureAppearance(raster, inside) };
}

/** As measureHeat where the pixels cannot be had: where the heat lies, and no more than is known of the whole photo. */
export function locateHeat(map: HeatMap, appearance: Appearance): HeatEvidence {
  return { ...locate(map).where, hot: appearance };
}
