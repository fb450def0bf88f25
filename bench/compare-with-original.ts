import type { PhotoReader } from '../src/core/ports.ts';
import { measureLoad, readOne } from './measure-reader.ts';
import { median } from './median.ts';
import { startOriginal } from './original.ts';

export interface Comparison {
  /** Median milliseconds a photo, file in to heatmap file out, one at a time, all taking turns. */
  readonly originalMs: number;
  readonly leanMs: number;
  readonly oursMs: number;
  readonly ratio: number;
  readonly ratioToLean: number;
  /** Photos a second: the original reads one at a time with both cores, ours has a thread a core. */
  readonly originalPerSecond: number;
  readonly oursPerSecond: number;
}

export async function compareWithOriginal(
  reader: PhotoReader,
  python: string,
  photos: readonly string[],
): Promise<Comparison> {
  const original = await startOriginal(python);
  const times = { plain: [] as number[], lean: [] as number[], ours: [] as number[] };
  const turn = async (photo: string) => {
    times.plain.push(await original.read(photo, `${photo}.plain.jpg`, 'plain'));
    times.lean.push(await original.read(photo, `${photo}.lean.jpg`, 'lean'));
    times.ours.push(await readOne(reader, photo, `${photo}.ours.jpg`));
  };
  try {
    for (const photo of photos.slice(0, 3)) await turn(photo); // warm-up, not counted
    for (const list of Object.values(times)) list.length = 0;
    for (const photo of photos) await turn(photo);
  } finally {
    original.close();
  }
  const [originalMs, leanMs, oursMs] = [median(times.plain), median(times.lean), median(times.ours)];
  const { photosPerSecond } = await measureLoad(reader, photos);
  return {
    originalMs,
    leanMs,
    oursMs,
    ratio: originalMs / oursMs,
    ratioToLean: leanMs / oursMs,
    originalPerSecond: (1000 * times.plain.length) / times.plain.reduce((a, b) => a + b),
    oursPerSecond: photosPerSecond,
  };
}
