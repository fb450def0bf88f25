import { createHash } from 'node:crypto';
import { archiveCopy } from '../../src/core/archive-copy.ts';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';

/** A picture as the archive is to have it. */
export interface KeptCopy {
  readonly bytes: Uint8Array;
  /** Of the bytes, hex. */
  readonly sha256: string;
}

/** Made as the program makes them, one for each picture. */
export async function makeKeptCopies(pictures: readonly Uint8Array[]): Promise<KeptCopy[]> {
  const codec = createSharpCodec({ inputSize: 1 }); // nobody looks at the network's input
  const copies: KeptCopy[] = [];
  for (const picture of pictures) {
    const { photo } = await codec.decode(picture);
    const bytes = await archiveCopy(photo, codec);
    copies.push({ bytes, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  return copies;
}
