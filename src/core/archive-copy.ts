import { freeRaster } from './free-raster.ts';
import type { ImageCodec } from './ports.ts';
import type { Raster } from './types.ts';

/** Longest sides to try, px: a picture of nothing but noise is too large at the first. */
const SIDES = [1024, 768, 512];
const MAX_BYTES = 1024 * 1024;

/** The photo as it may be kept: a JPEG without metadata, ≤ 1,024 px on the long side and ≤ 1 MB; leaves the raster as it is. */
export async function archiveCopy(photo: Raster, codec: ImageCodec): Promise<Uint8Array> {
  let jpeg: Uint8Array = new Uint8Array();
  for (const side of SIDES) {
    const tile = await codec.tile(photo, side);
    jpeg = await codec.encode(tile);
    freeRaster(tile);
    if (jpeg.length <= MAX_BYTES) break;
  }
  return jpeg;
}
