import { type AcceptedFormat, FORMAT_NAMES, isAccepted, sniffFormat } from './sniff-format.ts';
import { UserError } from './user-error.ts';

const MAX_MEGABYTES = 25;
const MAX_MEGAPIXELS = 50;
/** Its decoder takes 23 bytes a pixel and cannot be interrupted: 2.6 KB of AVIF made 1.1 GB of 49 megapixels. */
const MAX_MEGAPIXELS_AVIF = 16;

export const MAX_BYTES = MAX_MEGABYTES * 1024 * 1024;
export const MAX_PIXELS = MAX_MEGAPIXELS * 1e6;

export function maxPixelsOf(format: AcceptedFormat): number {
  return (format === 'avif' ? MAX_MEGAPIXELS_AVIF : MAX_MEGAPIXELS) * 1e6;
}

/** The longest side that a photo is kept at, px. */
export const PHOTO_SIDE = 1280;

export function tooLarge(maxPixels = MAX_PIXELS, options?: ErrorOptions): UserError<'too-large'> {
  return new UserError('too-large', { maxMegabytes: MAX_MEGABYTES, maxMegapixels: maxPixels / 1e6 }, options);
}

/**
 * What can be said of a picture before decoding it: its format, if it may come in.
 * Throws UserError: empty, too-large (bytes), not-an-image, unsupported-format.
 */
export function admitPhoto(bytes: Uint8Array): AcceptedFormat {
  if (bytes.length === 0) throw new UserError('empty', {});
  if (bytes.length > MAX_BYTES) throw tooLarge();
  const format = sniffFormat(bytes);
  if (format === null) throw new UserError('not-an-image', {});
  if (!isAccepted(format)) throw new UserError('unsupported-format', { format: FORMAT_NAMES[format] });
  return format;
}
