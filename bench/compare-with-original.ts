import type { PhotoReader } from '../src/core/ports.ts';
import { measureLoad, readOne } from './measure-reader.ts';
import { median } from './median.ts';
import { startOriginal } from './original.ts';

export interface Comparison {
  /** Median milliseconds a photo, file in to heatmap file out, one at a time, both sides taking turns. */
  readonly originalMs: number;
  readonly oursMs: number;
  readonly ratio: number;
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
  const theirs: number[] = [];
  const ours: number[] = [];
  try {
    const turn = async (photo: string) => {
      theirs.push(await original.read(photo, `${photo}.original.jpg`));
      ours.push(await readOne(reader, photo, `${photo}.ours.jpg`));
    };
    for (const photo of photos.slice(0, 3)) await turn(photo); // warm-up, not counted
    theirs.length = 0;
    ours.length = 0;
    for (const photo of photos) await turn(photo);
  } finally {
    original.close();
  }
  const originalMs = median(theirs);
  const oursMs = median(ours);
  const { photosPerSecond } = await measureLoad(reader, photos);
  return {
    originalMs,
    oursMs,
    ratio: originalMs / oursMs,
    originalPerSecond: (1000 * theirs.length) / theirs.reduce((a, b) => a + b),
    oursPerSecond: photosPerSecond,
  };
}
