import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawMix } from '../../src/core/draw-mix.ts';
import { openPhotoReader } from '../support/open-photo-reader.ts';
import { meanGap } from '../support/pictures.ts';

const { signal } = new AbortController();
const picture = drawMix([
  { genre: 'jazz', share: 0.7 },
  { genre: 'rock', share: 0.3 },
]);

describe('a drawn picture', () => {
  it('becomes a JPEG that shows it, without metadata, and is still there', async () => {
    const before = Uint8Array.from(picture.data);
    const { jpeg, width, height } = await openPhotoReader().encode(picture, signal);
    expect({ width, height }).toEqual({ width: 640, height: 320 });
    const metadata = await sharp(jpeg).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width, height });
    expect(metadata).not.toHaveProperty('exif');
    expect(meanGap(before, await sharp(jpeg).raw().toBuffer())).toBeLessThan(4);
    expect(picture.data).toEqual(before);
  });

  it('waits its turn like a photo: there is none for it when it is given up, or all is closed', async () => {
    const reader = openPhotoReader();
    const givenUp = new Error('given up');
    await expect(reader.encode(picture, AbortSignal.abort(givenUp))).rejects.toBe(givenUp);
    await expect(reader.encode(picture, signal)).resolves.toMatchObject({ width: 640 });
    await reader.close();
    await expect(reader.encode(picture, signal)).rejects.toThrow('closed');
  });

  it('is refused as busy where too many wait', async () => {
    const { encode } = openPhotoReader({ maxWaiting: 0 });
    const first = encode(picture, signal);
    await expect(encode(picture, signal)).rejects.toMatchObject({ code: 'busy' });
    await expect(first).resolves.toMatchObject({ height: 320 });
  });
});
