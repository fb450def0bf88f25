/** Pictures of every kind, good, odd and hostile, made in code. */

import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { Raster } from '../../src/core/types.ts';

type Colour = 'red' | 'green' | 'blue' | 'white';
type Rgb = readonly [number, number, number];

const CORNERS: readonly Rgb[] = [
  [220, 20, 20],
  [20, 200, 20],
  [20, 20, 220],
  [255, 255, 255],
];

/** Red, green / blue, white: a picture that shows which way up it is. `alpha` is 0 … 255. */
export function quadrants(width = 80, height = 60, alpha = 255): Sharp {
  const data = Buffer.alloc(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const right = at % width >= width / 2;
    const below = at >= (width * height) / 2;
    const colour = CORNERS[(below ? 2 : 0) + (right ? 1 : 0)] ?? [0, 0, 0];
    data.set([...colour, alpha], at * 4);
  }
  const picture = sharp(data, { raw: { width, height, channels: 4 } });
  return alpha === 255 ? picture.removeAlpha() : picture;
}

/** The colours in the middle of the four quarters: top left, top right, bottom left, bottom right. */
export function cornersOf(raster: Raster): string[] {
  return [0.25, 0.75].flatMap((down) => [0.25, 0.75].map((along) => nameOf(pixelAt(raster, along, down))));
}

/** How far the values of two pictures of one size lie apart, on the whole, 0 … 255. */
export function meanGap(a: Uint8Array, b: ArrayLike<number>): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? Number.NaN)), 0) / a.length;
}

/** The pixel at a share of the width and of the height. */
export function pixelAt({ width, height, data }: Raster, along: number, down: number): number[] {
  const at = (Math.floor(down * height) * width + Math.floor(along * width)) * 3;
  return [...data.subarray(at, at + 3)];
}

function nameOf([red = 0, green = 0, blue = 0]: readonly number[]): string {
  if (Math.min(red, green, blue) > 230) return 'white';
  const highest = Math.max(red, green, blue);
  const names: readonly (readonly [Colour, number])[] = [
    ['red', red],
    ['green', green],
    ['blue', blue],
  ];
  const others = names.filter(([, value]) => value < highest - 60);
  return others.length === 2 ? (names.find(([, value]) => value === highest)?.[0] ?? '') : 'mixed';
}

export function flat(width: number, height: number, background: string): Sharp {
  return sharp({ create: { width, height, channels: 3, background } });
}

export async function animatedGif(...backgrounds: readonly string[]): Promise<Buffer> {
  const frames = backgrounds.map((background) => flat(20, 20, background).png().toBuffer());
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .gif()
    .toBuffer();
}

export const SECRET = 'Planted Photographer';

/** Says who took it and where. */
export function withGps(picture: Sharp): Promise<Buffer> {
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' };
  return picture
    .withExif({ IFD0: { Artist: SECRET }, IFD3: gps })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>${SECRET}</note></x:xmpmeta>`)
    .jpeg()
    .toBuffer();
}

/** A few bytes that claim to be a picture of any size, and hold next to nothing of it. */
export function pngOfSize(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const chunks = [
    ['IHDR', header],
    ['IDAT', deflateSync(Buffer.alloc(64))],
    ['IEND', Buffer.alloc(0)],
  ] as const;
  return Buffer.concat([latin1('\x89PNG\r\n\x1a\n'), ...chunks.map(([name, data]) => pngChunk(name, data))]);
}

function pngChunk(name: string, data: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), latin1(name), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

/** AVIF and HEIC with another size in every ispe box. */
export function claimSize(heif: Uint8Array, width: number, height: number): Buffer {
  const forged = Buffer.from(heif);
  for (let at = forged.indexOf('ispe'); at >= 0; at = forged.indexOf('ispe', at + 1)) {
    forged.writeUInt32BE(width, at + 8);
    forged.writeUInt32BE(height, at + 12);
  }
  return forged;
}

/** The first box of an ISO media file. */
export function ftyp(major: string, ...compatible: readonly string[]): Buffer {
  const box = latin1(`....ftyp${major}\0\0\0\0${compatible.join('')}`);
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, latin1('\0\0\0\x08mdat')]);
}

/** Some bits turned over; the same for the same seed. */
export function flipBits(bytes: Uint8Array, seed: number, count = 8): Buffer {
  const flipped = Buffer.from(bytes);
  let state = seed;
  for (let done = 0; done < count; done += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const at = state % flipped.length;
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (state >>> 29));
  }
  return flipped;
}

/** The scan's first bytes follow this index: all before are headers. */
export function scanStart(jpeg: Buffer): number {
  const marker = jpeg.indexOf(latin1('\xff\xda'));
  return marker + 2 + jpeg.readUInt16BE(marker + 2);
}

export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
