import { readFile, writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { PhotoReader } from '../src/core/ports.ts';
import type { Timings } from '../src/core/types.ts';
import { median } from './median.ts';

const { signal } = new AbortController();

/** File in, heatmap file out, as the original's side does it; milliseconds. */
export async function readOne(reader: PhotoReader, photo: string, heatmap: string): Promise<number> {
  const began = performance.now();
  const look = await reader.look(
    await readFile(photo),
    { why: null, withPhoto: false, withPreviews: false, withCopy: false },
    signal,
  );
  await writeFile(heatmap, look.heatmap.jpeg);
  return performance.now() - began;
}

/** The median of each stage over the photos, read one at a time. */
export async function measureStages(reader: PhotoReader, photos: readonly string[]): Promise<Timings> {
  const timings: Timings[] = [];
  for (const photo of photos)
    timings.push(
      (
        await reader.look(
          await readFile(photo),
          { why: null, withPhoto: false, withPreviews: false, withCopy: false },
          signal,
        )
      ).timings,
    );
  const stage = (name: keyof Timings) => median(timings.map((each) => each[name]));
  return {
    decode: stage('decode'),
    infer: stage('infer'),
    cam: stage('cam'),
    overlay: stage('overlay'),
    encode: stage('encode'),
    total: stage('total'),
  };
}

export interface LoadFigures {
  readonly photosPerSecond: number;
  /** How late timers ran meanwhile, milliseconds: the waiting every chat would feel. */
  readonly eventLoopDelayP99: number;
  readonly eventLoopDelayMax: number;
}

/** All photos at once, however many threads there are. */
export async function measureLoad(reader: PhotoReader, photos: readonly string[]): Promise<LoadFigures> {
  const files = await Promise.all(photos.map((photo) => readFile(photo)));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  await Promise.all(
    files.map((bytes) =>
      reader.look(bytes, { why: null, withPhoto: false, withPreviews: false, withCopy: false }, signal),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  return {
    photosPerSecond: photos.length / seconds,
    eventLoopDelayP99: delay.percentile(99) / 1e6,
    eventLoopDelayMax: delay.max / 1e6,
  };
}
