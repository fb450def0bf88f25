/** The entry of a worker thread: one ONNX session and one codec for the thread's life. */

import { createHash } from 'node:crypto';
import { workerData } from 'piscina';
import type { Genre } from '../core/genre.ts';
import { lookAtPhoto } from '../core/look-at-photo.ts';
import type { Look, Raster } from '../core/types.ts';
import { UserError, type UserErrorCode, type UserErrorValues } from '../core/user-error.ts';
import type { LoadedModel } from './genre-model.ts';
import { createOnnxClassifier } from './onnx-classifier.ts';
import { createSharpCodec } from './sharp-codec.ts';

export interface PhotoJob {
  readonly bytes: Uint8Array;
  /** The pixels, where another decoder already read them. */
  readonly raster: Raster | null;
  readonly why: Genre | null;
}

/** Plain data, because an error's class and fields do not survive the way between threads. */
export type PhotoResult =
  | { readonly ok: true; readonly look: Look }
  | { readonly ok: false; readonly code: UserErrorCode; readonly values: UserErrorValues[UserErrorCode] };

async function prepare() {
  const { cores, ...loaded } = workerData as LoadedModel & { cores: number };
  return {
    codec: createSharpCodec({ inputSize: loaded.model.input.size }),
    classifier: await createOnnxClassifier(loaded, cores),
    clock: () => performance.now(),
  };
}

const tools = prepare();
// the thread counts as ready once its session is; a failure is each job's to report
await tools.catch(() => {});

export async function look({ bytes, raster, why }: PhotoJob): Promise<PhotoResult> {
  const { codec, ...others } = await tools;
  const decode = () => (raster ? codec.fromRaster(raster) : codec.decode(bytes));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    return { ok: true, look: await lookAtPhoto(decode, sha256, why, { codec, ...others }) };
  } catch (error) {
    if (error instanceof UserError) return { ok: false, code: error.code, values: error.values };
    throw error;
  }
}
