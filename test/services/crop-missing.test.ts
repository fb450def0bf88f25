import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { measureAppearance } from '../../src/core/measure-appearance.ts';
import { cropMissing } from '../../src/services/crop-missing.ts';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';
import { flat } from '../support/pictures.ts';

const codec = createSharpCodec({ inputSize: 64 });
const fixture = () => readFile(new URL('../fixtures/photos/pavilion.jpg', import.meta.url));

describe('a cut-off JPEG', () => {
  it('is read without the grey in place of what is missing', async () => {
    const bytes = await fixture();
    const whole = await codec.decode(bytes);
    const cut = await codec.decode(bytes.subarray(0, Math.floor(bytes.length * 0.35)));
    expect(cut.photo.width).toBe(whole.photo.width);
    expect(cut.photo.height).toBeLessThan(whole.photo.height * 0.7);
    const top = { ...whole.photo, height: cut.photo.height };
    const grey = (raster: typeof top) =>
      measureAppearance(raster).colours.find(({ colour }) => colour === 'grey')?.share ?? 0;
    expect(grey(cut.photo)).toBeLessThan(grey(top) + 0.05);
  });

  it.each([
    [1, 'height'],
    [3, 'height'],
    [6, 'width'],
    [8, 'width'],
  ] as const)(
    'loses the grey on whichever side it lies (EXIF orientation %i: %s)',
    async (orientation, side) => {
      const turned = await sharp(await fixture())
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
      const whole = await codec.decode(turned);
      const { photo } = await codec.decode(turned.subarray(0, Math.floor(turned.length / 2)));
      expect(photo[side]).toBeLessThan(whole.photo[side]);
      const other = side === 'height' ? 'width' : 'height';
      expect(photo[other]).toBe(whole.photo[other]);
    },
  );
});

/** A white square in the middle of one colour, as a JPEG whose last two bytes are missing. */
async function nearlyWhole(background: string): Promise<Buffer> {
  const square = await flat(200, 200, '#fff').png().toBuffer();
  const jpeg = await flat(640, 640, background)
    .composite([{ input: square }])
    .jpeg()
    .toBuffer();
  return jpeg.subarray(0, -2);
}

describe('a flat background', () => {
  it.each(['#3d8b8b', '#8b3d5a', '#202020'])('of %s is not taken for what is missing', async (colour) => {
    const { photo, notes } = await codec.decode(await nearlyWhole(colour));
    expect(notes).toEqual(['truncated']);
    expect(photo.width).toBe(640);
    expect(photo.height).toBeGreaterThanOrEqual(640 - 16); // two bytes are much of a flat colour
  });

  it('of the very grey costs one band of it, not the picture', async () => {
    const { photo } = await codec.decode(await nearlyWhole('#808080'));
    expect(photo.width * photo.height).toBeGreaterThan(0.6 * 640 * 640);
  });
});

it('leaves a picture without missing parts as it is', () => {
  const raster = { width: 2, height: 2, data: new Uint8Array(12).fill(255) };
  expect(cropMissing(raster)).toEqual({ photo: raster, share: 1 });
});
