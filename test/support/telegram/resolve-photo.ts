import sharp from 'sharp';
import { findUpload } from './find-upload.ts';
import type { CallContext } from './method.ts';
import { violation } from './refusal.ts';
import type { PhotoSize } from './telegram-types.ts';

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_SIDES = 10_000;
const MAX_RATIO = 20;

/** A photo to post: its sizes, and its bytes as uploaded. */
export interface ResolvedPhoto {
  readonly sizes: readonly PhotoSize[];
  readonly bytes: Buffer;
}

/** The photo that a `photo` or `media` parameter names, uploaded with the call or known by its id. */
export async function resolvePhoto(media: unknown, { files, world }: CallContext): Promise<ResolvedPhoto> {
  const text = String(media);
  if (text.startsWith('attach://')) {
    const { bytes } = findUpload(text, files);
    return { sizes: world.files.addPhoto({ ...(await measure(bytes)), bytes }), bytes };
  }
  if (/^https?:/i.test(text))
    throw violation('failed to get HTTP URL content: this server of the tests fetches nothing');
  const file = world.files.get(text);
  if (!file.photo) throw violation("can't use file of type Document as Photo");
  const original = file.photo.at(-1);
  return { sizes: file.photo, bytes: world.files.find(original?.file_id)?.bytes ?? file.bytes };
}

async function measure(bytes: Buffer): Promise<{ width: number; height: number }> {
  if (bytes.length > MAX_BYTES) {
    throw violation(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${MAX_BYTES} bytes`,
    );
  }
  // every pixel has to be there, not only a header that tells the size
  const image = sharp(bytes, { failOn: 'truncated' });
  const { width, height } = await image.metadata().catch(() => ({ width: 0, height: 0 }));
  if (width === 0) throw violation('IMAGE_PROCESS_FAILED');
  if (width + height > MAX_SIDES || Math.max(width, height) > MAX_RATIO * Math.min(width, height)) {
    throw violation('PHOTO_INVALID_DIMENSIONS');
  }
  const least = image.resize({ width: 8 }).raw().toBuffer(); // reads all there is, and computes little of it
  await least.catch(() => {
    throw violation('IMAGE_PROCESS_FAILED');
  });
  return { width, height };
}
