import { freeRaster } from './free-raster.ts';
import { type Genre, rankGenres } from './genre.ts';
import { gradCam } from './grad-cam.ts';
import { measureAppearance } from './measure-appearance.ts';
import { measureHeat } from './measure-heat.ts';
import { drawOverlay } from './overlay.ts';
import type { Classifier, Clock, DecodedPhoto, ImageCodec } from './ports.ts';
import type { Look } from './types.ts';

export interface LookDependencies {
  readonly codec: ImageCodec;
  readonly classifier: Classifier;
  readonly clock: Clock;
}

/**
 * Everything that is read off the pixels: classify → Grad-CAM → overlay → JPEG, and the measurements.
 * `why` is the genre to draw the map for; null: the most probable one.
 */
export async function lookAtPhoto(
  decode: () => Promise<DecodedPhoto>,
  sha256: string,
  why: Genre | null,
  { codec, classifier, clock }: LookDependencies,
): Promise<Look> {
  const began = clock();
  const { photo, input, notes } = await decode();
  const decoded = clock();
  const { scores, features } = await classifier.classify(input);
  const inferred = clock();
  const genre = why ?? (rankGenres(scores)[0] as Genre);
  const map = gradCam(genre, features, classifier.gradient(genre));
  const mapped = clock();
  const overlay = drawOverlay(photo, map);
  freeRaster(photo);
  const drawn = clock();
  const encoding = codec.encode(overlay); // the codec works beside this thread, which measures meanwhile
  const evidence = measureHeat(map, input);
  const appearance = measureAppearance(input);
  const jpeg = await encoding;
  freeRaster(overlay);
  const encoded = clock();
  return {
    sha256,
    notes,
    scores,
    map,
    evidence,
    appearance,
    heatmap: { jpeg, width: photo.width, height: photo.height },
    timings: {
      decode: decoded - began,
      infer: inferred - decoded,
      cam: mapped - inferred,
      overlay: drawn - mapped,
      encode: encoded - drawn,
      total: encoded - began,
    },
  };
}
