import { freeRaster } from './free-raster.ts';
import type { ImageCodec } from './ports.ts';
import type { Raster } from './types.ts';

/** px. Of nothing but noise, the JPEG of this size has 0.9 MB. */
const SIDE = 1024;

/** The photo as it may be kept: a JPEG without metadata, ≤ 1,024 px on the long side and ≤ 1 MB; leaves the raster as it is. */
export async function archiveCopy(photo: Raster, codec: ImageCodec): Promise<Uint8Array> {
  const tile = await codec.tile(photo, SIDE);
  const jpeg = await codec.encode(tile);
  freeRaster(tile);
  return jpeg;
}
