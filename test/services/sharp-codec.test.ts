import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { resizeSquare } from '../../src/core/resize-square.ts';
import { createSharpCodec, type SharpCodec } from '../../src/services/sharp-codec.ts';
import {
  animatedGif,
  cornersOf,
  flat,
  latin1,
  meanGap,
  pixelAt,
  quadrants,
  SECRET,
  withGps,
} from '../support/pictures.ts';

const UPRIGHT = ['red', 'green', 'blue', 'white'];
let codec: SharpCodec;
let cat: Buffer;

beforeAll(async () => {
  codec = createSharpCodec({ inputSize: 32 });
  cat = await readFile(new URL('../fixtures/photos/cat.jpg', import.meta.url));
});

describe('the network’s input', () => {
  it.each([
    ['a phone photo, shrunk while it is decoded', 2600, 1733, 1.5],
    ['a chat photo', 1280, 853, 1],
    ['a small one, by the filter that gives Pillow’s bytes', 200, 133, 0],
  ])('of %s is what training makes of it', async (_, width, height, tolerance) => {
    const pavilion = await readFile(new URL('../fixtures/photos/pavilion.jpg', import.meta.url));
    const jpeg = await sharp(pavilion).resize(width, height).jpeg({ quality: 92 }).toBuffer();
    const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    const expected = resizeSquare({ width, height, data }, 256);
    const { input } = await createSharpCodec({ inputSize: 256 }).decode(jpeg);
    expect(meanGap(input.data, expected.data)).toBeLessThanOrEqual(tolerance);
  });
});

describe('every kind of picture becomes RGB, 8 bits', () => {
  it.each([
    ['JPEG', quadrants().jpeg()],
    ['progressive JPEG', quadrants().jpeg({ progressive: true })],
    ['CMYK JPEG', quadrants().toColourspace('cmyk').jpeg()],
    ['PNG', quadrants().png()],
    ['16-bit PNG', quadrants().toColourspace('rgb16').png()],
    ['palette PNG', quadrants().png({ palette: true })],
    ['PNG with alpha', quadrants(80, 60, 254).png()],
    ['WebP', quadrants().webp()],
    ['GIF', quadrants().gif()],
    ['AVIF', quadrants().avif({ effort: 0 })],
    ['JPEG in Display P3', quadrants().withIccProfile('p3').jpeg()],
  ])('%s', async (_, picture) => {
    const { photo, input, notes } = await codec.decode(await picture.toBuffer());
    expect(photo).toMatchObject({ width: 80, height: 60, data: { length: 80 * 60 * 3 } });
    expect(cornersOf(photo)).toEqual(UPRIGHT);
    expect(input).toMatchObject({ width: 32, height: 32, data: { length: 32 * 32 * 3 } });
    expect(cornersOf(input)).toEqual(UPRIGHT);
    expect(notes).toEqual([]);
  });

  it.each([
    ['grey JPEG', () => quadrants().greyscale().jpeg()],
    ['grey 16-bit PNG', () => quadrants().toColourspace('grey16').png()],
    ['grey PNG with alpha', () => quadrants().greyscale().ensureAlpha(1).png()],
  ])('%s', async (_, picture) => {
    const { photo } = await codec.decode(await picture().toBuffer());
    expect(photo.data.length).toBe(80 * 60 * 3);
    const [red, green, blue] = pixelAt(photo, 0.25, 0.25);
    expect([green, blue]).toEqual([red, red]);
  });

  it('takes the first frame of an animation', async () => {
    const { photo } = await codec.decode(await animatedGif('#dc1414', '#1414dc'));
    expect(photo).toMatchObject({ width: 20, height: 20 });
    expect(cornersOf(photo)).toEqual(['red', 'red', 'red', 'red']);
  });

  it('puts what is transparent on white', async () => {
    const { photo } = await codec.decode(await quadrants(80, 60, 0).webp({ lossless: true }).toBuffer());
    expect(new Set(photo.data)).toEqual(new Set([255]));
  });

  it.each([
    [1, ['red', 'green', 'blue', 'white']],
    [2, ['green', 'red', 'white', 'blue']],
    [3, ['white', 'blue', 'green', 'red']],
    [4, ['blue', 'white', 'red', 'green']],
    [5, ['red', 'blue', 'green', 'white']],
    [6, ['blue', 'red', 'white', 'green']],
    [7, ['white', 'green', 'blue', 'red']],
    [8, ['green', 'white', 'red', 'blue']],
  ])('turns EXIF orientation %i upright', async (orientation, corners) => {
    const { photo, input } = await codec.decode(
      await quadrants().withMetadata({ orientation }).jpeg().toBuffer(),
    );
    const lying = orientation > 4;
    expect(photo).toMatchObject({ width: lying ? 60 : 80, height: lying ? 80 : 60 });
    expect([cornersOf(photo), cornersOf(input)]).toEqual([corners, corners]);
  });
});

describe('sizes', () => {
  it.each([
    [1, 1, 1, 1],
    [40, 1280, 40, 1280],
    [3000, 1500, 1280, 640],
    [1500, 3001, 640, 1280],
    [16_000, 1, 1280, 1],
  ])('%i × %i is kept at %i × %i', async (width, height, keptWidth, keptHeight) => {
    const { photo, input } = await codec.decode(await flat(width, height, '#c00').jpeg().toBuffer());
    expect(photo).toMatchObject({ width: keptWidth, height: keptHeight });
    expect(photo.data.length).toBe(keptWidth * keptHeight * 3);
    expect(input.data.length).toBe(32 * 32 * 3);
  });

  it('treats a raster like a picture', async () => {
    const { data, info } = await quadrants(2000, 1000).raw().toBuffer({ resolveWithObject: true });
    const decoded = await codec.fromRaster({ width: info.width, height: info.height, data });
    expect(decoded.photo).toMatchObject({ width: 1280, height: 640 });
    expect([cornersOf(decoded.photo), cornersOf(decoded.input)]).toEqual([UPRIGHT, UPRIGHT]);
  });

  it('gives its memory back: 80 rasters of 3.7 MB leave next to nothing', async () => {
    const bytes = await sharp({ create: { width: 1280, height: 960, channels: 3, background: '#963' } })
      .jpeg()
      .toBuffer();
    const read = async (times: number) => {
      for (let i = 0; i < times; i++) await codec.encode((await codec.decode(bytes)).photo);
      return process.memoryUsage().rss / 2 ** 20;
    };
    const before = await read(20);
    expect((await read(80)) - before).toBeLessThan(150);
  });
});

describe('encode', () => {
  it('keeps the pixels', async () => {
    const { photo } = await codec.decode(await quadrants().png().toBuffer());
    const again = await codec.decode(await codec.encode(photo));
    expect(cornersOf(again.photo)).toEqual(UPRIGHT);
  });

  it('drops who took the photo, where and with what', async () => {
    const original = await withGps(sharp(cat));
    expect(original.includes(SECRET)).toBe(true);
    expect(Object.keys(await sharp(original).metadata())).toEqual(expect.arrayContaining(['exif', 'xmp']));

    const jpeg = Buffer.from(await codec.encode((await codec.decode(original)).photo));
    const kept = Object.keys(await sharp(jpeg).metadata());
    expect(kept.filter((key) => ['exif', 'xmp', 'iptc', 'icc', 'orientation'].includes(key))).toEqual([]);
    expect(jpeg.includes(SECRET)).toBe(false);
  });

  it.each([
    ['a ZIP behind a JPEG', async () => Buffer.concat([cat, latin1('PK\x03\x04payload')])],
    [
      'PHP in a GIF',
      async () => Buffer.concat([await quadrants().gif().toBuffer(), latin1('<?php payload')]),
    ],
  ])('drops %s', async (_, make) => {
    const { photo, notes } = await codec.decode(await make());
    expect(notes).toEqual([]);
    expect(Buffer.from(await codec.encode(photo)).includes('payload')).toBe(false);
  });
});

it('works in several threads at once', async () => {
  const thread = new URL('../support/decode-in-thread.ts', import.meta.url);
  const threads = [1, 2, 3].map(async () => {
    const worker = new Worker(thread, { workerData: { bytes: cat, times: 10 } });
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    worker.once('message', resolve).once('error', reject);
    return promise;
  });
  const sizes = Array(10).fill('451 × 300');
  expect(await Promise.all(threads)).toEqual([sizes, sizes, sizes]);
});
