import { archiveCopy } from './archive-copy.ts';
import { freeRaster } from './free-raster.ts';
import { GENRES, type Genre, rankGenres } from './genre.ts';
import { gradCam } from './grad-cam.ts';
import { measureAppearance } from './measure-appearance.ts';
import { measureHeat } from './measure-heat.ts';
import { drawOverlay } from './overlay.ts';
import type {
  Classifier,
  Clock,
  DecodedPhoto,
  Extras,
  ImageCodec,
  MeasuredTile,
  PlacedMap,
  StripPicture,
  Wanted,
} from './ports.ts';
import { previewsOf } from './previews.ts';
import { cutStrip, drawSideBySide, mendStrip, TILE_SIDE, withMargins } from './strip.ts';
import type { Drawing, FeatureMap, HeatMap, Heatmap, Look, Raster } from './types.ts';

export interface LookDependencies {
  readonly codec: ImageCodec;
  readonly classifier: Classifier;
  readonly clock: Clock;
}

type Decode = () => Promise<DecodedPhoto>;

/** Everything that is read off the pixels: classify → Grad-CAM → overlay → JPEG, and the measurements. */
export async function lookAtPhoto(
  decode: Decode,
  sha256: string,
  { why, withPhoto, withPreviews, withCopy }: Wanted,
  { codec, classifier, clock }: LookDependencies,
): Promise<Look> {
  const began = clock();
  const { photo, input, notes } = await decode();
  const decoded = clock();
  const { scores, features } = await classifier.classify(input);
  const inferred = clock();
  const genre = why ?? (rankGenres(scores)[0] as Genre);
  const maps = mapsOf(features, classifier);
  const mapped = clock();
  const overlay = withMargins(drawOverlay(photo, maps[genre]));
  const drawn = clock();
  const previews = withPreviews ? await previewsOf(photo, overlay, codec) : null;
  const copy = withCopy ? await archiveCopy(photo, codec) : null;
  const encoding = encode(overlay, codec); // the codec works beside this thread, which measures meanwhile
  const photoEncoding = encodePhoto(photo, withPhoto, codec);
  const evidence = measureHeat(maps[genre], input);
  const appearance = measureAppearance(input);
  const heatmap = await encoding;
  const photoJpeg = await photoEncoding;
  const encoded = clock();
  return {
    sha256,
    notes,
    scores,
    maps,
    genre,
    evidence,
    appearance,
    heatmap,
    photo: photoJpeg,
    previews,
    copy,
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

/** What the network says of one of several pictures, and the picture small, for a strip. */
export async function measurePhoto(
  decode: Decode,
  sha256: string,
  withCopy: boolean,
  { codec, classifier }: LookDependencies,
): Promise<MeasuredTile> {
  const { photo, input, notes } = await decode();
  const { scores, features } = await classifier.classify(input);
  const maps = mapsOf(features, classifier);
  const tile = await codec.tile(photo, TILE_SIDE);
  const copy = withCopy ? await archiveCopy(photo, codec) : null;
  freeRaster(photo);
  return { sha256, notes, scores, maps, appearance: measureAppearance(input), copy, tile };
}

/** A map that is known already over its photo. */
export async function drawPhoto(
  decode: Decode,
  map: HeatMap,
  withPreviews: boolean,
  { codec }: LookDependencies,
): Promise<Drawing> {
  const { photo, input } = await decode();
  const overlay = withMargins(drawOverlay(photo, map));
  const previews = withPreviews ? await previewsOf(photo, overlay, codec) : null;
  freeRaster(photo);
  const encoding = encode(overlay, codec);
  const evidence = measureHeat(map, input);
  return { heatmap: await encoding, photo: null, previews, evidence };
}

/** Pictures side by side with their maps over them; the evidence is that of the one with the index `measured`. */
export async function drawStrip(
  pictures: readonly StripPicture[],
  measured: number,
  { withPhoto, withPreviews }: Extras,
  { codec }: LookDependencies,
): Promise<Drawing> {
  const overlays = pictures.map(({ tile, map }) => drawOverlay(tile, map));
  const { map, tile } = pictures[measured] as StripPicture;
  const previews = withPreviews ? await previewsOf(tile, overlays[measured] as Raster, codec) : null;
  const encoding = encode(drawSideBySide(overlays), codec);
  const evidence = measureHeat(map, tile);
  const heatmap = await encoding;
  const photo = withPhoto ? await encode(drawSideBySide(pictures.map((each) => each.tile)), codec) : null;
  return { heatmap, photo: photo?.jpeg ?? null, previews, evidence };
}

/** The same from a strip without heat, of whatever size it is by now. */
export async function drawOverStrip(
  decode: Decode,
  pictures: readonly PlacedMap[],
  measured: number,
  withPreviews: boolean,
  { codec }: LookDependencies,
): Promise<Drawing> {
  const { photo: strip } = await decode();
  const sizes = pictures.map(({ size }) => size);
  const tiles = cutStrip(strip, sizes);
  const drawn = pictures.map(({ map }, index) => drawOverlay(tiles[index] as Raster, map));
  const loudest = { photo: tiles[measured] as Raster, heatmap: drawn[measured] as Raster };
  const previews = withPreviews ? await previewsOf(loudest.photo, loudest.heatmap, codec) : null;
  mendStrip(strip, sizes, drawn);
  const encoding = encode(strip, codec);
  const evidence = measureHeat((pictures[measured] as PlacedMap).map, loudest.photo);
  return { heatmap: await encoding, photo: null, previews, evidence };
}

function mapsOf(features: FeatureMap, classifier: Classifier): Record<Genre, HeatMap> {
  const maps = GENRES.map((genre) => [genre, gradCam(genre, features, classifier.gradient(genre))]);
  return Object.fromEntries(maps) as Record<Genre, HeatMap>;
}

/** Frees the photo. */
async function encodePhoto(photo: Raster, wanted: boolean, codec: ImageCodec): Promise<Uint8Array | null> {
  if (wanted) return (await encode(photo, codec)).jpeg;
  freeRaster(photo);
  return null;
}

/** Frees the picture. */
export async function encode(picture: Raster, codec: ImageCodec): Promise<Heatmap> {
  const { width, height } = picture;
  const jpeg = await codec.encode(picture);
  freeRaster(picture);
  return { jpeg, width, height };
}
