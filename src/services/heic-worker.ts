/** The entry of a worker thread that decodes one HEIC and ends. */

import { parentPort, workerData } from 'node:worker_threads';
import { all } from 'heic-decode';
import sharp from 'sharp';
import { tooLarge } from '../core/admit-photo.ts';
import type { Raster } from '../core/types.ts';
import { UserError, type UserErrorCode, type UserErrorValues } from '../core/user-error.ts';
import { rasterOf, shrunk } from './sharp-codec.ts';

export interface HeicJob {
  /** The worker's own copy. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly maxPixels: number;
}

/** Plain data, because an error's class and fields do not survive the way between threads. */
export type HeicReply =
  | { readonly ok: true; readonly raster: Raster }
  | {
      readonly ok: false;
      readonly code: UserErrorCode;
      readonly values: UserErrorValues[UserErrorCode];
      readonly cause: string;
    };

async function decode({ bytes, maxPixels }: HeicJob): Promise<Raster> {
  // heic-decode takes a few of the major brands only; libheif itself goes by the content
  bytes.set(new TextEncoder().encode('mif1'), 8);
  const [image] = await all({ buffer: bytes });
  if (!image) throw new UserError('unreadable', {});
  if (image.width * image.height > maxPixels) throw tooLarge();
  const { data, width, height } = await image.decode();
  // every import of sharp turns the cache on again, for the whole process
  sharp.cache(false);
  return rasterOf(shrunk(sharp(data, { raw: { width, height, channels: 4 } })));
}

async function reply(): Promise<HeicReply> {
  try {
    return { ok: true, raster: await decode(workerData as HeicJob) };
  } catch (error) {
    const { code, values } = error instanceof UserError ? error : new UserError('unreadable', {});
    return { ok: false, code, values, cause: String(error) };
  }
}

parentPort?.postMessage(await reply());
