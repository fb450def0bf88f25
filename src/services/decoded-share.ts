import type { Raster } from '../core/types.ts';

/**
 * The share of a cut-off JPEG that was in the file, 0 … 1. libjpeg leaves the rest one flat grey, down to the end, which
 * is a corner, whichever way the photo was turned.
 */
export function decodedShare({ width, height, data }: Raster): number {
  const grey = missingGrey({ width, height, data });
  return grey ? 1 - countOf(grey, data) / (width * height) : 1;
}

/** The flat grey [3] that libjpeg left, or null: of the corners' mid greys, the one that most pixels have. */
export function missingGrey({ width, height, data }: Raster): Uint8Array | null {
  const last = width * height - 1;
  const corners = [0, width - 1, last - width + 1, last].map((at) => data.subarray(at * 3, at * 3 + 3));
  const greys = corners.filter(isMidGrey).sort((a, b) => countOf(b, data) - countOf(a, data));
  return greys[0] ?? null;
}

/** 128 in every channel of RGB, somewhat darker and off grey after CMYK or an odd profile. */
function isMidGrey(colour: Uint8Array): boolean {
  return colour.every((value) => value > 60 && value < 140);
}

function countOf([red, green, blue]: Uint8Array, data: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count += 1;
  }
  return count;
}
