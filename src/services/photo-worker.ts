/** The entry of a worker thread: one ONNX session and one codec for the thread's life. */

import { createHash } from 'node:crypto';
import { workerData } from 'piscina';
import {
  drawOverStrip,
  drawPhoto,
  drawStrip,
  encode,
  lookAtPhoto,
  measurePhoto,
} from '../core/look-at-photo.ts';
import type { Extras, MeasuredTile, PlacedMap, StripPicture, Wanted } from '../core/ports.ts';
import type { Drawing, HeatMap, Heatmap, Look, Raster } from '../core/types.ts';
import { UserError, type UserErrorCode, type UserErrorValues } from '../core/user-error.ts';
import type { LoadedModel } from './genre-model.ts';
import { createOnnxClassifier } from './onnx-classifier.ts';
import { createSharpCodec } from './sharp-codec.ts';

/** A picture's bytes, and its pixels where another decoder already read them. */
interface Picture {
  readonly bytes: Uint8Array;
  readonly raster: Raster | null;
}

export type PhotoJob =
  | (Picture & { readonly kind: 'look'; readonly wanted: Wanted })
  | (Picture & { readonly kind: 'measure'; readonly withCopy: boolean })
  | (Picture & { readonly kind: 'draw'; readonly map: HeatMap; readonly withPreviews: boolean })
  | (Picture & {
      readonly kind: 'over-strip';
      readonly pictures: readonly PlacedMap[];
      readonly measured: number;
      readonly withPreviews: boolean;
    })
  | {
      readonly kind: 'strip';
      readonly pictures: readonly StripPicture[];
      readonly measured: number;
      readonly extras: Extras;
    }
  | { readonly kind: 'encode'; readonly picture: Raster };

/** What each kind of job gives. */
export interface PhotoJobValues {
  look: Look;
  measure: MeasuredTile;
  draw: Drawing;
  strip: Drawing;
  'over-strip': Drawing;
  encode: Heatmap;
}

/** Plain data, because an error's class and fields do not survive the way between threads. */
export type PhotoResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: UserErrorCode; readonly values: UserErrorValues[UserErrorCode] };

interface PhotoWorkerData extends LoadedModel {
  readonly cores: number;
  /** One number: the threads that have their session, or could not make it. */
  readonly begun: Int32Array;
}

const { cores, begun, ...loaded } = workerData as PhotoWorkerData;

async function prepare() {
  return {
    codec: createSharpCodec({ inputSize: loaded.model.input.size }),
    classifier: await createOnnxClassifier(loaded, cores),
    clock: () => performance.now(),
  };
}

const tools = prepare();
// the thread counts as ready once its session is; a failure is each job's to report
await tools.catch(() => {});
Atomics.add(begun, 0, 1);
Atomics.notify(begun, 0);

export async function work(job: PhotoJob): Promise<PhotoResult<PhotoJobValues[PhotoJob['kind']]>> {
  try {
    return { ok: true, value: await doJob(job) };
  } catch (error) {
    if (error instanceof UserError) return { ok: false, code: error.code, values: error.values };
    throw error;
  }
}

async function doJob(job: PhotoJob): Promise<PhotoJobValues[PhotoJob['kind']]> {
  const dependencies = await tools;
  const { codec } = dependencies;
  if (job.kind === 'strip') {
    return drawStrip(job.pictures, job.measured, job.extras, dependencies);
  }
  if (job.kind === 'encode') return encode(job.picture, codec);
  const { bytes, raster } = job;
  const decode = () => (raster ? codec.fromRaster(raster) : codec.decode(bytes));
  if (job.kind === 'over-strip') {
    return drawOverStrip(decode, job.pictures, job.measured, job.withPreviews, dependencies);
  }
  if (job.kind === 'draw') return drawPhoto(decode, job.map, job.withPreviews, dependencies);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (job.kind === 'measure') return measurePhoto(decode, sha256, job.withCopy, dependencies);
  return lookAtPhoto(decode, sha256, job.wanted, dependencies);
}
