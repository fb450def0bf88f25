/** The entry of a thread that decodes one picture many times and says how large it was. */

import { parentPort, workerData } from 'node:worker_threads';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';

const { bytes, times } = workerData as { bytes: Uint8Array; times: number };
const codec = createSharpCodec({ inputSize: 32 });
const sizes: string[] = [];
for (let done = 0; done < times; done += 1) {
  const { photo } = await codec.decode(bytes);
  sizes.push(`${photo.width} × ${photo.height}`);
}
parentPort?.postMessage(sizes);
