import { freeRaster } from './free-raster.ts';
import type { ImageCodec } from './ports.ts';
import type { Previews, Raster } from './types.ts';

/** What vision models see of a picture at their lowest detail: https://platform.openai.com/docs/guides/images-vision */
const SIDE = 512;

/** A photo and its heatmap as small JPEGs; leaves both rasters as they are. */
export async function previewsOf(photo: Raster, heatmap: Raster, codec: ImageCodec): Promise<Previews> {
  const small = async (raster: Raster) => {
    const tile = await codec.tile(raster, SIDE);
    const jpeg = await codec.encode(tile);
    freeRaster(tile);
    return jpeg;
  };
  const [photoJpeg, heatmapJpeg] = await Promise.all([small(photo), small(heatmap)]);
  return { photo: photoJpeg, heatmap: heatmapJpeg };
}
