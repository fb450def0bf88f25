import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fixture, openPhotoReader, PLAIN } from '../support/open-photo-reader.ts';
import { SECRET, withGps } from '../support/pictures.ts';

const { signal } = new AbortController();
const WANTED = { ...PLAIN, withCopy: true };
const MEGABYTE = 1024 * 1024;

describe('the copy of a photo that may be kept', () => {
  it('is small, upright and without metadata, and the same each time', async () => {
    const large = sharp(await fixture('photos/rocket.jpg')).resize(1600, 1000, { fit: 'fill' });
    const bytes = await withGps(large.withMetadata({ orientation: 6 }));
    const { look, measure } = openPhotoReader();
    const { copy } = await look(bytes, WANTED, signal);
    const { width, height, format, exif, xmp, icc, orientation } = await sharp(
      copy ?? Buffer.of(),
    ).metadata();
    expect({ width, height, format }).toEqual({ width: 640, height: 1024, format: 'jpeg' });
    expect({ exif, xmp, icc, orientation }).toEqual({});
    expect(Buffer.from(copy ?? []).includes(SECRET)).toBe(false);
    const { copy: again } = await measure(bytes, true, signal);
    expect(Buffer.from(again ?? []).equals(copy ?? Buffer.of())).toBe(true);
  });

  it('is never larger than a megabyte, even of nothing but noise, nor larger than the photo', async () => {
    const raw = { width: 1024, height: 1024, channels: 3 } as const;
    const blackAndWhite = randomBytes(1024 * 1024 * 3).map((value) => (value > 127 ? 255 : 0));
    const noise = await sharp(blackAndWhite, { raw }).png().toBuffer();
    const { look } = openPhotoReader();
    const { copy } = await look(noise, WANTED, signal);
    expect(copy?.length).toBeLessThanOrEqual(MEGABYTE);
    expect(copy?.length).toBeGreaterThan(MEGABYTE / 2);
    const small = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const { copy: little } = await look(small, WANTED, signal);
    expect(await sharp(little ?? Buffer.of()).metadata()).toMatchObject({ width: 60, height: 40 });
  });

  it('is not there where it is not wanted, and changes nothing else', async () => {
    const bytes = await fixture('photos/cat.jpg');
    const { look, measure } = openPhotoReader();
    const [plain, seen] = [await look(bytes, PLAIN, signal), await look(bytes, WANTED, signal)];
    expect(plain.copy).toBeNull();
    expect((await measure(bytes, false, signal)).copy).toBeNull();
    expect(Buffer.from(seen.heatmap.jpeg).equals(plain.heatmap.jpeg)).toBe(true);
    expect(seen.scores).toEqual(plain.scores);
  });
});
