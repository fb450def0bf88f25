import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { measureAppearance } from '../../src/core/measure-appearance.ts';
import { cropMissing } from '../../src/services/crop-missing.ts';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';

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

it('leaves a picture without missing parts as it is', () => {
  const raster = { width: 2, height: 2, data: new Uint8Array(12).fill(255) };
  expect(cropMissing(raster)).toBe(raster);
});
