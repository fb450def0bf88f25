import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { rankGenres } from '../../src/core/genre.ts';
import { fixture, loadedModel, openPhotoReader as open, PLAIN } from '../support/open-photo-reader.ts';

const { signal } = new AbortController();

describe('createThreadedPhotoReader', () => {
  it('reads everything off a photo', async () => {
    const bytes = await fixture('photos/coffee.jpg');
    const look = await open().look(bytes, PLAIN, signal);
    expect(look.genre).toBe(rankGenres(look.scores)[0]);
    for (const map of Object.values(look.maps)) expect(map.values.some(Number.isNaN)).toBe(false);
    expect(look.evidence.blank).toBe(false);
    expect(look.appearance.brightness).toBeGreaterThan(0);
    const [heatmap, photo] = [await sharp(look.heatmap.jpeg).metadata(), await sharp(bytes).metadata()];
    expect([heatmap.width, heatmap.height]).toEqual([photo.width, photo.height]);
    const { decode, infer, cam, overlay, encode, total } = look.timings;
    expect(total).toBeCloseTo(decode + infer + cam + overlay + encode, 6);
  });

  it('draws the genre asked for, with the same scores', async () => {
    const bytes = await fixture('photos/cat.jpg');
    const { look } = open();
    const [plain, why] = [
      await look(bytes, PLAIN, signal),
      await look(bytes, { ...PLAIN, why: 'rock' }, signal),
    ];
    expect(why.genre).toBe('rock');
    expect(why.scores).toEqual(plain.scores);
  });

  it('draws a map that is known already as it drew it first', async () => {
    const bytes = await fixture('photos/cat.jpg');
    const { look, draw } = open();
    const rock = await look(bytes, { ...PLAIN, why: 'rock' }, signal);
    const again = await draw(bytes, rock.maps.rock, false, signal);
    expect(Buffer.from(again.heatmap.jpeg).equals(Buffer.from(rock.heatmap.jpeg))).toBe(true);
    expect(again.evidence).toEqual(rock.evidence);
  });

  it('measures a picture of an album as it does a photo, and draws several side by side', async () => {
    const { look, measure, drawStrip } = open();
    const [cat, rocket] = [await fixture('photos/cat.jpg'), await fixture('photos/rocket.jpg')];
    const { scores, sha256, maps } = await look(cat, PLAIN, signal);
    const [first, second] = [await measure(cat, false, signal), await measure(rocket, false, signal)];
    expect(first).toMatchObject({ scores, sha256, maps });
    expect(Math.max(first.tile.width, first.tile.height)).toBe(400);
    const pictures = [first, second].map(({ tile, maps: { jazz: map } }) => ({ tile, map }));
    const strip = await drawStrip(pictures, 1, PLAIN, signal);
    const { width, height } = await sharp(strip.heatmap.jpeg).metadata();
    expect([width, height]).toEqual([strip.heatmap.width, strip.heatmap.height]);
    expect(width).toBe(2 * Math.max(first.tile.width, second.tile.width) + 8);
    const alone = await drawStrip(pictures.slice(1), 0, PLAIN, signal);
    expect(strip.evidence).toEqual(alone.evidence);
  });

  it('shrinks a large photo to 1,280 pixels and turns it upright', async () => {
    const bytes = await sharp(await fixture('photos/rocket.jpg'))
      .resize(2000, 1000, { fit: 'fill' })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { heatmap } = await open().look(bytes, PLAIN, signal);
    expect([heatmap.width, heatmap.height]).toEqual([640, 1280]);
  });

  it('reads a HEIC like the JPEG it was made of', async () => {
    const { look } = open();
    const heic = await look(await fixture('heic/cat.heic'), PLAIN, signal);
    const jpeg = await look(await fixture('photos/cat.jpg'), PLAIN, signal);
    expect(heic.genre).toBe(jpeg.genre);
    // a thread and a WebAssembly decoder are started for it
    expect(heic.timings.decode).toBeGreaterThan(jpeg.timings.decode);
    const { decode, infer, cam, overlay, encode, total } = heic.timings;
    expect(total).toBeCloseTo(decode + infer + cam + overlay + encode, 6);
    expect(Math.abs(heic.scores.pop - jpeg.scores.pop)).toBeLessThan(0.1);
  });

  it('says what is wrong with a photo across the thread, and reads the next', async () => {
    const { look } = open();
    await expect(look(Buffer.from('%PDF-1.7'), PLAIN, signal)).rejects.toMatchObject({
      code: 'unsupported-format',
      values: { format: 'PDF' },
    });
    await expect(look(Buffer.alloc(0), PLAIN, signal)).rejects.toMatchObject({ code: 'empty' });
    expect((await look(await fixture('photos/cat.jpg'), PLAIN, signal)).sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('answers busy rather than let the queue grow, and finishes what it took', async () => {
    const bytes = await fixture('photos/cat.jpg');
    const { look } = open({ maxWaiting: 2 });
    // the thread is still starting: one or none runs, two wait
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => look(bytes, PLAIN, signal)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(5);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'busy' });
    expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(2);
  });

  it('ends a photo with its signal, waiting or running, and goes on with the next', async () => {
    const bytes = await fixture('photos/cat.jpg');
    const { look } = open();
    const stop = new AbortController();
    const stopped = [look(bytes, PLAIN, stop.signal), look(bytes, PLAIN, stop.signal)];
    stop.abort(new Error('no longer wanted'));
    for (const each of stopped) await expect(each).rejects.toThrow('no longer wanted');
    await expect(look(bytes, PLAIN, stop.signal)).rejects.toThrow('no longer wanted');
    expect((await look(bytes, PLAIN, signal)).heatmap.jpeg.length).toBeGreaterThan(1000);
  });

  it('reads a HEIC that it took, however many others wait by then', async () => {
    const [heic, jpeg] = [await fixture('heic/cat.heic'), await fixture('photos/cat.jpg')];
    const { look } = open({ maxWaiting: 1 });
    const taken = look(heic, PLAIN, signal);
    let through = false;
    taken.finally(() => {
      through = true;
    });
    while (!through) await Promise.allSettled([look(jpeg, PLAIN, signal), look(jpeg, PLAIN, signal)]);
    expect((await taken).heatmap.jpeg.length).toBeGreaterThan(0);
  });

  it('finishes what runs and refuses what waits when it closes', async () => {
    const bytes = await fixture('photos/galaxies.jpg');
    const { look, close } = open({ threads: 2, maxWaiting: 20 });
    await look(bytes, PLAIN, signal);
    const outcomes = Promise.allSettled(Array.from({ length: 8 }, () => look(bytes, PLAIN, signal)));
    await new Promise(setImmediate); // two have gone to a thread by now
    await close();
    const refused = (await outcomes).filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(6);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ message: 'The photo reader is closed.' });
    await expect(look(bytes, PLAIN, signal)).rejects.toThrow('closed');
  });

  it('refuses a HEIC that is still being decoded when it closes', async () => {
    const { look, close } = open();
    const refused = expect(look(await fixture('heic/cat.heic'), PLAIN, signal)).rejects.toThrow('closed');
    await close();
    await refused;
  });

  it('outlives photos that are given up at any moment of their work', async () => {
    const bytes = await fixture('photos/galaxies.jpg');
    const { look } = open();
    await look(bytes, PLAIN, signal);
    for (let turns = 0; turns < 2000; turns += 100) {
      const stop = new AbortController();
      const outcome = Promise.allSettled([look(bytes, PLAIN, stop.signal)]);
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      stop.abort();
      await outcome;
    }
    expect((await look(bytes, PLAIN, signal)).notes).toEqual([]);
  });

  it('gives up on a photo that takes too long', async () => {
    const bytes = await fixture('photos/cat.jpg');
    // no thread is ready within a millisecond
    await expect(open({ timeoutMs: 1 }).look(bytes, PLAIN, signal)).rejects.toMatchObject({
      code: 'timed-out',
    });
  });

  it('reports a network that cannot be opened with each photo', async () => {
    const { look } = open({ loadedModel: { ...loadedModel, onnxFile: '/nowhere/genre.onnx' } });
    for (let turn = 0; turn < 2; turn++) {
      await expect(look(await fixture('photos/cat.jpg'), PLAIN, signal)).rejects.toThrow('genre.onnx');
    }
  });
});
