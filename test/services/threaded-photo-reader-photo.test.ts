import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { rankGenres } from '../../src/core/genre.ts';
import type { MeasuredTile } from '../../src/core/ports.ts';
import { fixture, openPhotoReader, PLAIN } from '../support/open-photo-reader.ts';
import { meanGap, SECRET, withGps } from '../support/pictures.ts';

const { signal } = new AbortController();
const WITH_PHOTO = { ...PLAIN, withPhoto: true };

const sizeOf = async (jpeg: Uint8Array) => {
  const { width, height } = await sharp(jpeg).metadata();
  return { width, height };
};

/** How far two pictures lie apart, the first in the size of the second. */
async function gapOf(a: Uint8Array, b: Uint8Array): Promise<number> {
  const size = await sizeOf(b);
  const resized = sharp(a).resize({ ...size, fit: 'fill' });
  return meanGap(await resized.raw().toBuffer(), await sharp(b).raw().toBuffer());
}

async function photoOf(bytes: Uint8Array): Promise<Uint8Array> {
  const { photo } = await openPhotoReader().look(bytes, WITH_PHOTO, signal);
  if (!photo) throw new Error('there is no photo');
  return photo;
}

describe('the photo of a look', () => {
  it.each(['cat', 'galaxies'])('is the picture itself: %s', async (name) => {
    const bytes = await fixture(`photos/${name}.jpg`);
    const photo = await photoOf(bytes);
    expect(await sharp(photo).metadata()).toMatchObject({ format: 'jpeg', ...(await sizeOf(bytes)) });
    expect(await gapOf(photo, bytes)).toBeLessThan(4);
  });

  it('says nothing of who took it, where and how, and stands upright', async () => {
    const bytes = await withGps(sharp(await fixture('photos/rocket.jpg')).withMetadata({ orientation: 6 }));
    const photo = await photoOf(bytes);
    const metadata = await sharp(photo).metadata();
    for (const kind of ['exif', 'xmp', 'iptc', 'icc', 'orientation', 'comments']) {
      expect(metadata).not.toHaveProperty(kind);
    }
    expect(Buffer.from(photo).includes(SECRET)).toBe(false);
    const { width, height } = await sizeOf(bytes);
    expect(await sizeOf(photo)).toEqual({ width: height, height: width });
  });

  it('is a JPEG whatever was sent, of the size that is read', async () => {
    const large = sharp(await fixture('photos/rocket.jpg')).resize(2000, 1000, { fit: 'fill' });
    const photo = await photoOf(await large.png().toBuffer());
    expect(await sharp(photo).metadata()).toMatchObject({ format: 'jpeg', width: 1280, height: 640 });
    expect(await sharp(await photoOf(await fixture('heic/cat.heic'))).metadata()).toMatchObject({
      format: 'jpeg',
      ...(await sizeOf(await fixture('photos/cat.jpg'))),
    });
  });

  it('changes nothing else, and is not there where it is not wanted', async () => {
    const bytes = await fixture('photos/cat.jpg');
    const { look, draw } = openPhotoReader();
    const [plain, shown] = [await look(bytes, PLAIN, signal), await look(bytes, WITH_PHOTO, signal)];
    expect(plain.photo).toBeNull();
    expect(shown.scores).toEqual(plain.scores);
    expect(Buffer.from(shown.heatmap.jpeg).equals(plain.heatmap.jpeg)).toBe(true);
    expect((await draw(bytes, plain.maps.rock, false, signal)).photo).toBeNull();
  });

  it('takes a map as the picture that was sent does', async () => {
    const bytes = await fixture('photos/coffee.jpg');
    const { look, draw } = openPhotoReader();
    const { photo, maps } = await look(bytes, WITH_PHOTO, signal);
    const [first, again] = [
      await draw(bytes, maps.rock, false, signal),
      await draw(photo ?? new Uint8Array(), maps.rock, false, signal),
    ];
    expect(again.evidence.place).toBe(first.evidence.place);
    expect(await gapOf(again.heatmap.jpeg, first.heatmap.jpeg)).toBeLessThan(4);
  });
});

describe('the strip of an album without heat', () => {
  it('takes other maps, though it has shrunk on its way', async () => {
    const { measure, drawStrip, drawOverStrip } = openPhotoReader();
    const measured: MeasuredTile[] = [];
    for (const name of ['cat', 'rocket', 'coffee', 'flower', 'galaxies', 'pavilion', 'astronaut']) {
      measured.push(await measure(await fixture(`photos/${name}.jpg`), false, signal));
    }
    const placed = measured.map(({ tile, maps, scores }) => ({
      tile,
      size: { width: tile.width, height: tile.height },
      map: maps[rankGenres(scores)[0] ?? 'jazz'],
    }));
    const first = await drawStrip(placed, 2, WITH_PHOTO, signal);
    const photo = first.photo ?? new Uint8Array();
    expect(await sizeOf(photo)).toEqual(await sizeOf(first.heatmap.jpeg));
    expect(first.heatmap.width).toBeGreaterThan(1280);

    const again = await drawOverStrip(photo, placed, 2, false, signal);
    const { place } = first.evidence;
    expect(again).toMatchObject({ photo: null, heatmap: { width: 1280 }, evidence: { place } });
    const gap = await gapOf(first.heatmap.jpeg, again.heatmap.jpeg);
    expect(gap).toBeLessThan((await gapOf(photo, again.heatmap.jpeg)) / 2);
    expect((await drawStrip(placed, 2, PLAIN, signal)).photo).toBeNull();
  });

  it('that is no picture is told as such', async () => {
    const { drawOverStrip } = openPhotoReader();
    const refused = drawOverStrip(Buffer.from('%PDF-1.7'), [], 0, false, signal);
    await expect(refused).rejects.toMatchObject({ code: 'unsupported-format' });
  });
});
