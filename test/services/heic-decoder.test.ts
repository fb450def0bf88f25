import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Raster } from '../../src/core/types.ts';
import {
  createHeicDecoder,
  type HeicDecoder,
  type HeicDecoderOptions,
} from '../../src/services/heic-decoder.ts';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';
import { claimSize, flipBits, latin1 } from '../support/pictures.ts';

const fixture = (path: string) => readFile(new URL(`../fixtures/${path}`, import.meta.url));
const NEVER = new AbortController().signal;
const opened: HeicDecoder[] = [];
let cat: Buffer;
let original: Raster;

beforeAll(async () => {
  cat = await fixture('heic/cat.heic');
  const codec = createSharpCodec({ inputSize: 8 });
  original = (await codec.decode(await fixture('photos/cat.jpg'))).photo;
});

afterEach(() => Promise.all(opened.splice(0).map((decoder) => decoder.close())));

function open(options?: HeicDecoderOptions): HeicDecoder {
  const decoder = createHeicDecoder(options);
  opened.push(decoder);
  return decoder;
}

describe('photos', () => {
  it.each([
    ['as it was taken', 'heic/cat.heic'],
    ['stored lying, with irot and an EXIF orientation', 'heic/cat-lying.heic'],
  ])('%s', async (_, path) => {
    const { photo } = await open().decode(await fixture(path), NEVER);
    expect(photo).toMatchObject({ width: 451, height: 300, data: { length: 451 * 300 * 3 } });
    expect(meanDifference(photo, original)).toBeLessThan(6);
  });

  it('with a rare major brand', async () => {
    const heim = Buffer.from(cat);
    heim.set(latin1('heim'), 8);
    expect(await open().decode(heim, NEVER)).toMatchObject({ photo: { width: 451, height: 300 } });
  });

  it('shrinks a large one in its own thread already', async () => {
    const { photo } = await open({ side: 150 }).decode(cat, NEVER);
    expect(photo).toMatchObject({ width: 150, height: 100, data: { length: 150 * 100 * 3 } });
  });

  it('leaves the bytes as they were, and with the caller', async () => {
    const bytes = Buffer.from(cat);
    await open().decode(bytes, NEVER);
    expect(bytes.equals(cat)).toBe(true);
  });

  function meanDifference(a: Raster, b: Raster): number {
    return a.data.reduce((sum, value, at) => sum + Math.abs(value - (b.data[at] ?? 0)), 0) / a.data.length;
  }
});

describe('what is refused', () => {
  it.each([
    ['nothing', () => Buffer.alloc(0)],
    ['a header alone', () => cat.subarray(0, 40)],
    ['half a photo', () => cat.subarray(0, cat.length / 2)],
    ['garbage behind the header', () => Buffer.concat([cat.subarray(0, 32), Buffer.alloc(4000, 0x5a)])],
    ['a size that the pixels do not have', () => claimSize(cat, 4000, 3000)],
  ])('%s: unreadable', async (_, make) => {
    await expect(open().decode(make(), NEVER)).rejects.toMatchObject({
      name: 'UserError',
      code: 'unreadable',
    });
  });

  it.each([
    ['3.6 gigapixels', () => claimSize(cat, 60_000, 60_000), {}],
    ['more pixels than allowed', () => cat, { maxPixels: 1000 }],
    ['too many bytes', () => Buffer.concat([cat, Buffer.alloc(25 * 1024 * 1024)]), {}],
  ])('%s: too large', async (_, make, options) => {
    const values = { maxMegabytes: 25, maxMegapixels: 50 };
    await expect(open(options).decode(make(), NEVER)).rejects.toMatchObject({ code: 'too-large', values });
  });

  it('flipped bits, or they are read', async () => {
    const decoder = open({ maxWaiting: 8 });
    const decodings = [1, 2, 3, 4].map((seed) => decoder.decode(flipBits(cat, seed), NEVER));
    for (const { status, reason } of (await Promise.allSettled(decodings)) as PromiseRejectedResult[]) {
      if (status === 'rejected') expect(reason).toMatchObject({ name: 'UserError', code: 'unreadable' });
    }
  });
});

describe('limits', () => {
  it('gives up after its time, and goes on with the next', async () => {
    const slow = open({ timeoutMs: 1 });
    const both = [slow.decode(cat, NEVER), slow.decode(cat, NEVER)];
    for (const decoding of both) await expect(decoding).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('ends one that runs and one that waits when they are aborted', async () => {
    const decoder = open();
    const [running, waiting] = [new AbortController(), new AbortController()];
    const first = decoder.decode(cat, running.signal);
    const second = decoder.decode(cat, waiting.signal);
    const third = decoder.decode(cat, NEVER);
    waiting.abort(new Error('changed my mind'));
    running.abort(new Error('so have I'));
    await expect(first).rejects.toThrow('so have I');
    await expect(second).rejects.toThrow('changed my mind');
    await expect(third).resolves.toMatchObject({ photo: { width: 451 } });
  });

  it('starts nothing for a signal that has aborted', async () => {
    await expect(open().decode(cat, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  it('lets so many wait, and is then busy until one is through', async () => {
    const decoder = open({ maxWaiting: 1 });
    const admitted = [decoder.decode(cat, NEVER), decoder.decode(cat, NEVER)];
    await expect(decoder.decode(cat, NEVER)).rejects.toMatchObject({ code: 'busy' });
    await admitted[0];
    admitted.push(decoder.decode(cat, NEVER));
    expect(await Promise.all(admitted)).toHaveLength(3);
  });

  it('ends all when it closes, and takes no more', async () => {
    const decoder = open();
    const decodings = [decoder.decode(cat, NEVER), decoder.decode(cat, NEVER)];
    const outcomes = Promise.allSettled(decodings);
    await decoder.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(decoder.decode(cat, NEVER)).rejects.toThrow('closed');
  });
});
