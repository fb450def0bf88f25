import type { Raster } from '../core/types.ts';

const SIDES = ['top', 'right', 'bottom', 'left'] as const;
type Side = (typeof SIDES)[number];

export interface Arrived {
  readonly photo: Raster;
  /** Of the whole picture, 0 … 1. */
  readonly share: number;
}

/**
 * A cut-off JPEG without the flat grey that libjpeg put in place of the rows that are missing: they lie at one side, which
 * depends on how the photo was turned. The row of blocks in which the file ended stays, part grey. May leave nothing.
 */
export function cropMissing(whole: Raster): Arrived {
  const depths = SIDES.map((side) => {
    const depth = greyDepth(whole, side);
    return { side, depth, missing: depth / (isLying(side) ? whole.height : whole.width) };
  });
  const { side, depth } = depths.reduce((a, b) => (b.missing > a.missing ? b : a));
  if (depth === 0) return { photo: whole, share: 1 };
  const photo = crop(whole, side, depth);
  const pixels = photo.width * photo.height - greysIn(photo, cornerAt(whole, side));
  return { photo, share: pixels / (whole.width * whole.height) };
}

function isLying(side: Side): boolean {
  return side === 'top' || side === 'bottom';
}

/** The colour [3] of the first pixel at a side. */
function cornerAt({ width, height, data }: Raster, side: Side): Uint8Array {
  const at = { top: 0, left: 0, right: width - 1, bottom: (height - 1) * width }[side];
  return data.subarray(at * 3, at * 3 + 3);
}

function greysIn({ data }: Raster, [red, green, blue]: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count += 1;
  }
  return count;
}

/** How many lines, from the side inwards, are all of the one grey that its first pixel has. */
function greyDepth(photo: Raster, side: Side): number {
  const { width, height, data } = photo;
  const lying = isLying(side);
  const [lines, length] = lying ? [height, width] : [width, height];
  const far = side === 'bottom' || side === 'right';
  const pixel = (line: number, i: number) => {
    const at = far ? lines - 1 - line : line;
    return 3 * (lying ? at * width + i : i * width + at);
  };
  const colour = cornerAt(photo, side);
  if (!isMidGrey(colour)) return 0;
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const at = pixel(line, i);
      if (data[at] !== colour[0] || data[at + 1] !== colour[1] || data[at + 2] !== colour[2]) return line;
    }
  }
  return lines;
}

/** How far apart a grey's channels may lie. */
const MAX_TINT = 16;

/** 128 in every channel of RGB; somewhat darker and off grey, such as (83, 73, 68), after CMYK or an odd profile. */
function isMidGrey(colour: Uint8Array): boolean {
  const [least, most] = [Math.min(...colour), Math.max(...colour)];
  return least > 60 && most < 140 && most - least <= MAX_TINT;
}

function crop(photo: Raster, side: Side, depth: number): Raster {
  const lying = isLying(side);
  const width = photo.width - (lying ? 0 : depth);
  const height = photo.height - (lying ? depth : 0);
  const top = side === 'top' ? depth : 0;
  const left = side === 'left' ? depth : 0;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * photo.width + left) * 3;
    data.set(photo.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, data };
}
