import sharp, { type FailOnOptions, type Sharp } from 'sharp';
import { admitPhoto, MAX_PIXELS, maxPixelsOf, PHOTO_SIDE } from '../core/admit-photo.ts';
import type { DecodedPhoto, ImageCodec } from '../core/ports.ts';
import { resizeSquare } from '../core/resize-square.ts';
import { FORMAT_NAMES } from '../core/sniff-format.ts';
import type { Note, Raster } from '../core/types.ts';
import { UserError } from '../core/user-error.ts';
import { cropMissing } from './crop-missing.ts';
import { isRefusal, isTruncation, sharpFailure } from './sharp-failure.ts';

const TIMEOUT_SECONDS = 5;
const JPEG_QUALITY = 82;
/** Less than this share of a cut-off photo is no photo. */
const MIN_ARRIVED_SHARE = 0.05;

const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`);

export interface SharpCodec extends ImageCodec {
  /** As decode, from a picture that another decoder has read, of any size. */
  fromRaster(raster: Raster): Promise<DecodedPhoto>;
}

/**
 * Decodes JPEG, PNG, WebP, GIF (the first frame) and AVIF, in libuv's threads; HEIC is unsupported-format here.
 * `inputSize` is the side of the network's square input in px.
 */
export function createSharpCodec({ inputSize }: { readonly inputSize: number }): SharpCodec {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });

  /** As Pillow's bilinear filter makes it, which the network was trained with; libvips' is as good where a picture shrinks, and faster. */
  async function squareOf(photo: Raster): Promise<Raster> {
    if (Math.min(photo.width, photo.height) < inputSize) return resizeSquare(photo, inputSize);
    const square = { width: inputSize, height: inputSize, fit: 'fill', kernel: 'linear' } as const;
    return await rasterOf(pixels(photo).resize(square));
  }

  async function withInput(photo: Raster, notes: readonly Note[]): Promise<DecodedPhoto> {
    return { photo, input: await squareOf(photo), notes };
  }

  return {
    async decode(bytes) {
      const format = admitPhoto(bytes);
      if (format === 'heic') throw new UserError('unsupported-format', { format: FORMAT_NAMES.heic });
      const { photo, notes } = await read(bytes, maxPixelsOf(format));
      return withInput(photo, notes);
    },

    async fromRaster(raster) {
      return withInput(await rasterOf(shrunk(pixels(raster))), []);
    },

    async tile(photo, side) {
      const box = { width: side, height: side, fit: 'inside', withoutEnlargement: true } as const;
      return rasterOf(pixels(photo).resize(box));
    },

    async encode(raster) {
      // Optimised coding takes twice the time and saves 1 % of the bytes.
      const jpeg = pixels(raster).jpeg({ quality: JPEG_QUALITY, optimiseCoding: false });
      return jpeg.toBuffer();
    },
  };
}

/** At most PHOTO_SIDE long, transparency on white, sRGB in three channels. */
function shrunk(picture: Sharp): Sharp {
  return picture
    .resize({ width: PHOTO_SIDE, height: PHOTO_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb');
}

async function rasterOf(picture: Sharp): Promise<Raster> {
  // toUint8Array never gives its native copy back: sharp 0.35.5 loses a raster's size with every call
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

function pixels({ width, height, data }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: MAX_PIXELS });
}

async function read(bytes: Uint8Array, maxPixels: number): Promise<{ photo: Raster; notes: Note[] }> {
  try {
    return { photo: await decode(bytes, maxPixels, 'error'), notes: [] };
  } catch (error) {
    if (!isTruncation(error)) throw sharpFailure(error, maxPixels);
    return { photo: await readTruncated(bytes, maxPixels), notes: ['truncated'] };
  }
}

async function readTruncated(bytes: Uint8Array, maxPixels: number): Promise<Raster> {
  const photo = await decode(bytes, maxPixels, 'none').catch((error) => {
    throw sharpFailure(error, maxPixels);
  });
  const arrived = cropMissing(photo);
  if (arrived.share < MIN_ARRIVED_SHARE) {
    throw new UserError('unreadable', {}, { cause: new Error('Nearly all of the picture is missing.') });
  }
  return arrived.photo;
}

async function decode(bytes: Uint8Array, maxPixels: number, failOn: FailOnOptions): Promise<Raster> {
  const options = { failOn, limitInputPixels: maxPixels, pages: 1, sequentialRead: true };
  const attempt = () =>
    rasterOf(shrunk(sharp(bytes, options).autoOrient().timeout({ seconds: TIMEOUT_SECONDS })));
  try {
    return await attempt();
  } catch (error) {
    // libvips is one per process: a codec that starts in another thread blocks all loaders for some microseconds
    if (isRefusal(error)) return await attempt();
    throw error;
  }
}
