/**
 * The entry of a worker thread that decodes one HEIC and ends. It may be terminated at any moment, so it must not use
 * sharp: ending a thread while sharp works in it aborts the whole process (Napi::Error, sharp 0.35.5).
 */

import { parentPort, workerData } from 'node:worker_threads';
import { all } from 'heic-decode';
import { tooLarge } from '../core/admit-photo.ts';
import type { Raster } from '../core/types.ts';
import { UserError, type UserErrorCode, type UserErrorValues } from '../core/user-error.ts';
import { shrinkByWhole } from './shrink-by-whole.ts';

export interface HeicJob {
  /** The worker's own copy. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly maxPixels: number;
  /** The long side, px, that a larger photo may be shrunk towards. */
  readonly side: number;
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

async function decode({ bytes, maxPixels, side }: HeicJob): Promise<Raster> {
  // heic-decode takes a few of the major brands only; libheif itself goes by the content
  bytes.set(new TextEncoder().encode('mif1'), 8);
  const [image] = await all({ buffer: bytes });
  if (!image) throw new UserError('unreadable', {});
  if (image.width * image.height > maxPixels) throw tooLarge();
  const { data, width, height } = await image.decode();
  // here already, so that what waits for its turn elsewhere is small
  return shrinkByWhole({ width, height, data: onWhite(data) }, side);
}

/** RGBA → RGB, transparency on white, in the same memory. */
function onWhite(data: Uint8ClampedArray): Uint8Array {
  const pixels = data.length / 4;
  for (let i = 0; i < pixels; i++) {
    const alpha = data[4 * i + 3] ?? 255;
    for (let c = 0; c < 3; c++) {
      const value = data[4 * i + c] ?? 0;
      data[3 * i + c] = alpha === 255 ? value : 255 + ((value - 255) * alpha) / 255;
    }
  }
  return new Uint8Array(data.buffer, data.byteOffset, pixels * 3);
}

async function reply(): Promise<HeicReply> {
  try {
    return { ok: true, raster: await decode(workerData as HeicJob) };
  } catch (error) {
    const { code, values } = error instanceof UserError ? error : new UserError('unreadable', {});
    return { ok: false, code, values, cause: String(error) };
  }
}

const answer = await reply();
parentPort?.postMessage(answer, answer.ok ? [answer.raster.data.buffer as ArrayBuffer] : []);
