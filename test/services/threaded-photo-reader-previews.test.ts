import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fixture, openPhotoReader, PLAIN } from '../support/open-photo-reader.ts';
import { SECRET, withGps } from '../support/pictures.ts';

const { signal } = new AbortController();
const WANTED = { ...PLAIN, withPreviews: true };

async function sizeOf(jpeg: Uint8Array | undefined): Promise<[number, number]> {
  const { width, height, format } = await sharp(jpeg).metadata();
  expect(format).toBe('jpeg');
  return [width, height];
}

describe('the previews of a photo', () => {
  it('are it and its heatmap, small, upright and without metadata', async () => {
    const large = sharp(await fixture('photos/rocket.jpg')).resize(1600, 1000, { fit: 'fill' });
    const bytes = await withGps(large.withMetadata({ orientation: 6 })).then((each) => each);
    const { look } = openPhotoReader();
    const { previews, heatmap } = await look(bytes, WANTED, signal);
    const [photo, heat] = [await sizeOf(previews?.photo), await sizeOf(previews?.heatmap)];
    expect(Math.max(...photo)).toBe(512);
    expect(heat).toEqual(photo);
    expect(photo[0] < photo[1]).toBe(heatmap.width < heatmap.height);
    for (const jpeg of [previews?.photo, previews?.heatmap]) {
      const { exif, xmp, icc, orientation } = await sharp(jpeg).metadata();
      expect({ exif, xmp, icc, orientation }).toEqual({});
      expect(Buffer.from(jpeg ?? []).includes(SECRET)).toBe(false);
    }
    expect(Buffer.from(previews?.photo ?? []).equals(previews?.heatmap ?? Buffer.of())).toBe(false);
  });

  it('are not there where they are not wanted, and change nothing else', async () => {
    const bytes = await fixture('photos/cat.jpg');
    const { look, draw } = openPhotoReader();
    const [plain, seen] = [await look(bytes, PLAIN, signal), await look(bytes, WANTED, signal)];
    expect(plain.previews).toBeNull();
    expect(seen.previews).not.toBeNull();
    expect(Buffer.from(seen.heatmap.jpeg).equals(plain.heatmap.jpeg)).toBe(true);
    const map = plain.maps.rock;
    expect((await draw(bytes, map, false, signal)).previews).toBeNull();
    const drawn = await draw(bytes, map, true, signal);
    expect(Buffer.from(drawn.previews?.photo ?? []).equals(seen.previews?.photo ?? Buffer.of())).toBe(true);
  });

  it('are those of the picture that was measured, in a strip and in one that was drawn before', async () => {
    const { measure, drawStrip, drawOverStrip } = openPhotoReader();
    const [cat, rocket] = [await fixture('photos/cat.jpg'), await fixture('photos/rocket.jpg')];
    const measured = [await measure(cat, false, signal), await measure(rocket, false, signal)];
    const placed = measured.map(({ tile, maps }) => ({
      tile,
      size: { width: tile.width, height: tile.height },
      map: maps.jazz,
    }));
    const extras = { withPhoto: true, withPreviews: true };
    const { previews, photo } = await drawStrip(placed, 1, extras, signal);
    const { width, height } = measured[1]?.tile ?? {};
    expect(await sizeOf(previews?.photo)).toEqual([width, height]);
    const again = await drawOverStrip(photo ?? new Uint8Array(), placed, 1, true, signal);
    expect(await sizeOf(again.previews?.heatmap)).toEqual([width, height]);
    expect((await drawOverStrip(photo ?? new Uint8Array(), placed, 1, false, signal)).previews).toBeNull();
  });
});
