import type { Raster, Size } from './types.ts';

/** The longest side of a picture in a strip, px. */
export const TILE_SIDE = 400;

const GAP = 8;
/** Keeps a row of panoramas from becoming a line. */
const MIN_CELL = TILE_SIDE / 2;
const BACKGROUND = 24;
/** More than this in one row are too small to see on a phone. */
const MAX_COLUMNS = 5;

/** Pictures side by side in their order, each in the middle of a cell; six and more in two rows. */
export function drawSideBySide(tiles: readonly Raster[]): Raster {
  const { size, corners } = layOut(tiles);
  const strip = blank(size.width, size.height);
  tiles.forEach((tile, index) => {
    const { left, top } = corners[index] as Corner;
    paste(tile, strip, left, top);
  });
  return strip;
}

/** The pictures of a strip again, which may have been shrunk since; `sizes` are those of the tiles that it was drawn of. */
export function cutStrip(strip: Raster, sizes: readonly Size[]): Raster[] {
  return placesIn(strip, sizes).map((place) => cut(strip, place));
}

/** Puts what cutStrip gave, changed meanwhile, back where it was. */
export function mendStrip(strip: Raster, sizes: readonly Size[], tiles: readonly Raster[]): void {
  for (const [index, { left, top }] of placesIn(strip, sizes).entries()) {
    paste(tiles[index] as Raster, strip, left, top);
  }
}

function placesIn(strip: Size, sizes: readonly Size[]): (Corner & Size)[] {
  const { size, corners } = layOut(sizes);
  const scale = strip.width / size.width;
  return sizes.map(({ width, height }, index) => {
    const corner = corners[index] as Corner;
    // some of the strip may be missing
    const left = Math.min(strip.width - 1, Math.round(corner.left * scale));
    const top = Math.min(strip.height - 1, Math.round(corner.top * scale));
    return {
      left,
      top,
      width: Math.max(1, Math.min(strip.width - left, Math.round(width * scale))),
      height: Math.max(1, Math.min(strip.height - top, Math.round(height * scale))),
    };
  });
}

interface Corner {
  readonly left: number;
  readonly top: number;
}

function layOut(tiles: readonly Size[]): { readonly size: Size; readonly corners: readonly Corner[] } {
  const rows = Math.ceil(tiles.length / MAX_COLUMNS);
  const columns = Math.ceil(tiles.length / rows);
  const cell = {
    width: Math.max(MIN_CELL, ...tiles.map(({ width }) => width)),
    height: Math.max(MIN_CELL, ...tiles.map(({ height }) => height)),
  };
  return {
    size: { width: columns * (cell.width + GAP) - GAP, height: rows * (cell.height + GAP) - GAP },
    corners: tiles.map((tile, index) => ({
      left: (index % columns) * (cell.width + GAP) + Math.floor((cell.width - tile.width) / 2),
      top: Math.floor(index / columns) * (cell.height + GAP) + Math.floor((cell.height - tile.height) / 2),
    })),
  };
}

function cut(from: Raster, { left, top, width, height }: Corner & Size): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * from.width + left) * 3;
    data.set(from.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, data };
}

/** No messenger shows a picture that is a line: one more than ten times as long as wide gets margins. */
export function withMargins(picture: Raster): Raster {
  const least = Math.ceil(Math.max(picture.width, picture.height) / 10);
  if (Math.min(picture.width, picture.height) >= least) return picture;
  const framed = blank(Math.max(picture.width, least), Math.max(picture.height, least));
  const [left, top] = [(framed.width - picture.width) >> 1, (framed.height - picture.height) >> 1];
  paste(picture, framed, left, top);
  return framed;
}

function blank(width: number, height: number): Raster {
  return { width, height, data: new Uint8Array(width * height * 3).fill(BACKGROUND) };
}

function paste(from: Raster, onto: Raster, left: number, top: number): void {
  for (let y = 0; y < from.height; y++) {
    const line = from.data.subarray(y * from.width * 3, (y + 1) * from.width * 3);
    onto.data.set(line, ((top + y) * onto.width + left) * 3);
  }
}
