import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/user-error.ts';
import { createSharpCodec, type SharpCodec } from '../../src/services/sharp-codec.ts';
import { claimSize, flat, flipBits, latin1, pngOfSize, quadrants, scanStart } from '../support/pictures.ts';

const TOO_LARGE = { code: 'too-large', values: { maxMegabytes: 25, maxMegapixels: 50 } };
let codec: SharpCodec;
let cat: Buffer;

beforeAll(async () => {
  codec = createSharpCodec({ inputSize: 32 });
  cat = await readFile(new URL('../fixtures/photos/cat.jpg', import.meta.url));
});

describe('JPEGs that are cut off', () => {
  const cut = (jpeg: Buffer, share: number) =>
    jpeg.subarray(0, scanStart(jpeg) + Math.floor((jpeg.length - scanStart(jpeg)) * share));

  it('shows what is there, and says so', async () => {
    const whole = await codec.decode(cat);
    const half = await codec.decode(cut(cat, 0.5));
    expect(half.notes).toEqual(['truncated']);
    expect(half.photo.width).toBe(451);
    expect(half.photo.height).toBeGreaterThan(100);
    expect(half.photo.height).toBeLessThan(220);
    const top = 100 * 451 * 3;
    expect(Buffer.compare(half.photo.data.subarray(0, top), whole.photo.data.subarray(0, top))).toBe(0);
  });

  it.each([
    ['by two bytes', () => cat.subarray(0, -2)],
    ['progressive', async () => cut(await sharp(cat).jpeg({ progressive: true }).toBuffer(), 0.3)],
    ['CMYK', async () => cut(await sharp(cat).toColourspace('cmyk').jpeg().toBuffer(), 0.5)],
    ['rotated', async () => cut(await sharp(cat).withMetadata({ orientation: 6 }).jpeg().toBuffer(), 0.5)],
    ['all white', async () => (await flat(64, 64, '#fff').jpeg().toBuffer()).subarray(0, -2)],
    ['all white, halfway', async () => cut(await flat(640, 640, '#fff').jpeg().toBuffer(), 0.5)],
  ])('%s: readable', async (_, make) => {
    expect((await codec.decode(await make())).notes).toEqual(['truncated']);
  });

  it.each([
    ['after the headers', () => cut(cat, 0)],
    ['after a few rows', () => cut(cat, 0.02)],
    ['within the headers', () => cat.subarray(0, scanStart(cat) - 20)],
    ['after three bytes', () => cat.subarray(0, 3)],
    ['CMYK', async () => cut(await sharp(cat).toColourspace('cmyk').jpeg().toBuffer(), 0.001)],
    ['rotated', async () => cut(await sharp(cat).withMetadata({ orientation: 8 }).jpeg().toBuffer(), 0.001)],
    ['progressive', async () => cut(await sharp(cat).jpeg({ progressive: true }).toBuffer(), 0.001)],
  ])('%s: unreadable', async (_, make) => {
    await expect(codec.decode(await make())).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('what is refused', () => {
  it.each([
    ['nothing', () => Buffer.alloc(0), { code: 'empty' }],
    ['HTML', () => latin1('<!DOCTYPE html><p>404'), { code: 'not-an-image' }],
    ['too many bytes', () => Buffer.concat([cat, Buffer.alloc(25 * 1024 * 1024)]), TOO_LARGE],
    ['a PNG of 2.5 gigapixels', () => pngOfSize(50_000, 50_000), TOO_LARGE],
    ['a PNG of 50.4 megapixels', () => pngOfSize(7_100, 7_100), TOO_LARGE],
    [
      'an AVIF of 3.6 gigapixels',
      async () => claimSize(await quadrants().avif({ effort: 0 }).toBuffer(), 60_000, 60_000),
      { code: 'too-large', values: { maxMegabytes: 25, maxMegapixels: 16 } },
    ],
    [
      'an AVIF of 17 megapixels in few bytes, whose decoding takes 23 times as many',
      () => flat(4_200, 4_050, '#357').avif({ effort: 0 }).toBuffer(),
      { code: 'too-large', values: { maxMegabytes: 25, maxMegapixels: 16 } },
    ],
    ['a PNG without its pixels', () => pngOfSize(500, 500), { code: 'unreadable' }],
    ['half a PNG', async () => half(await sharp(cat).png().toBuffer()), { code: 'unreadable' }],
    ['half a WebP', async () => half(await sharp(cat).webp().toBuffer()), { code: 'unreadable' }],
    ['half a GIF', async () => half(await sharp(cat).gif().toBuffer()), { code: 'unreadable' }],
    ['half an AVIF', async () => half(await quadrants().avif().toBuffer()), { code: 'unreadable' }],
    ['JPEG by its first bytes only', () => latin1('\xff\xd8\xff<?php ?>'), { code: 'unreadable' }],
    ['SVG', () => latin1('<svg width="9" height="9"/>'), unsupported('SVG')],
    ['TIFF', () => quadrants().tiff().toBuffer(), unsupported('TIFF')],
    ['PDF', () => latin1('%PDF-1.7\n'), unsupported('PDF')],
    ['HEIC', () => latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), unsupported('HEIC')],
  ])('%s', async (_, make, error) => {
    const decoding = codec.decode(await make());
    await expect(decoding).rejects.toBeInstanceOf(UserError);
    await expect(decoding).rejects.toMatchObject(error);
  });

  it('leaves sharp itself without a loader for anything else', async () => {
    const tiff = await quadrants().tiff().toBuffer();
    const svg = latin1('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bytes of [tiff, svg]) await expect(sharp(bytes).metadata()).rejects.toThrow('unsupported');
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
    '%s with flipped bits, or reads it',
    async (format) => {
      const bytes = await quadrants().toFormat(format).toBuffer();
      for (let seed = 1; seed <= 40; seed += 1) {
        const outcome = await codec.decode(flipBits(bytes, seed)).catch((error: unknown) => error);
        if (!(outcome instanceof UserError)) expect(outcome).toHaveProperty('photo.data');
      }
    },
  );

  function half(bytes: Buffer): Buffer {
    return bytes.subarray(0, bytes.length / 2);
  }
  function unsupported(format: string) {
    return { code: 'unsupported-format', values: { format } };
  }
});
