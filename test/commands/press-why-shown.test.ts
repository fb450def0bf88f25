import { describe, expect, it } from 'vitest';
import type { ShownPicture } from '../../src/core/request.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { imagesOf, lastCard, textsOf } from '../support/command-bench.ts';
import { ID, owner, showResult } from '../support/shown-result.ts';

const PHOTO = 'photo-abababab.jpg';
const STRIP = 'photo-abababab-2.jpg';
const ROCK = { kind: 'why-genre', result: ID, genre: 'rock' } as const;

async function start(images: string[], ...pictures: readonly ShownPicture[]) {
  const bench = await showResult({ showsPhoto: true }, { images });
  const press = async (action: Parameters<typeof bench.press>[0]) =>
    lastCard(await bench.press(action, { request: owner }, pictures));
  return { ...bench, press };
}

describe('“Why not rock?” on a message that shows the photo', () => {
  it('draws over that photo, and goes on showing it', async () => {
    const { press } = await start(['cat'], { name: PHOTO, reference: 'shown photo' });
    expect(imagesOf(await press(ROCK))).toMatchObject([
      { fileName: 'rock-abababab.jpg', shows: 'draw rock over shown photo' },
      { fileName: PHOTO, shows: 'shown photo' },
    ]);
  });

  it('draws over what was sent, where the message shows another picture', async () => {
    const { press } = await start(['cat'], { name: 'photo-cdcdcdcd.jpg', reference: 'another' });
    expect(imagesOf(await press(ROCK))).toMatchObject([{ shows: 'draw rock over cat' }]);
  });

  it('gives the words without a heatmap where it cannot be fetched', async () => {
    const { press } = await start(['cat'], { name: PHOTO, reference: 'gone' });
    const card = await press(ROCK);
    expect(imagesOf(card)).toMatchObject([{ fileName: PHOTO }]);
    expect(textsOf(card)).toEqual(
      expect.arrayContaining([LANGUAGES.en.chat.noPicture('rock', 'jazz'), 'photo rock en']),
    );
  });

  it.each(['why', 'back'] as const)('keeps the heatmap that the message shows: %s', async (kind) => {
    const heatmap = { name: 'jazz-abababab.jpg', reference: 'shown heatmap' };
    const { press } = await start(['cat'], heatmap, { name: PHOTO, reference: 'shown photo' });
    expect(imagesOf(await press({ kind, result: ID }))).toMatchObject([
      { fileName: heatmap.name, shows: 'shown heatmap' },
      { fileName: PHOTO, shows: 'shown photo' },
    ]);
  });

  it.each(['why', 'back'] as const)('draws it again where the message shows another: %s', async (kind) => {
    const ofRock = { name: 'rock-abababab.jpg', reference: 'shown rock' };
    const { press } = await start(['cat'], ofRock, { name: PHOTO, reference: 'shown photo' });
    expect(imagesOf(await press({ kind, result: ID }))).toMatchObject([
      { fileName: 'jazz-abababab.jpg', shows: 'draw jazz over shown photo' },
      { fileName: PHOTO, shows: 'shown photo' },
    ]);
  });

  it.each([
    ['the photo is gone', [{ name: PHOTO, reference: 'gone' }]],
    ['it shows no photo', []],
  ])('goes back without a heatmap where %s', async (_, pictures) => {
    const { press } = await start(['cat'], ...pictures);
    const card = await press({ kind: 'back', result: ID });
    expect(imagesOf(card).map(({ fileName }) => fileName)).toEqual(pictures.map(({ name }) => name));
    expect(textsOf(card)).toContain('photo jazz en');
  });
});

describe('“Why not rock?” on a message that shows an album’s photos', () => {
  const strip = { name: STRIP, reference: 'shown strip' };

  it('draws over those, each by the size that it had', async () => {
    const { press, change, store } = await start(['a', 'b'], strip);
    const [a, b] = (await store.result(ID))?.pictures ?? [];
    const [wide, tall] = [
      { width: 400, height: 30 },
      { width: 20, height: 400 },
    ];
    if (a && b)
      await change({
        pictures: [
          { ...a, size: wide },
          { ...b, size: tall },
        ],
      });
    expect(imagesOf(await press(ROCK))).toMatchObject([
      { shows: 'strip rock rock over shown strip, 400×30 20×400, measured 0' },
      { fileName: STRIP, shows: 'shown strip' },
    ]);
  });

  it('draws a new strip where the size of one is not known', async () => {
    const { press, change, store } = await start(['a', 'b'], strip);
    const [a, b] = (await store.result(ID))?.pictures ?? [];
    if (a && b) await change({ pictures: [a, { ...b, size: null }] });
    expect(imagesOf(await press(ROCK))).toMatchObject([
      { shows: 'strip rock rock, measured 0' },
      { fileName: STRIP, shows: 'shown strip' },
    ]);
  });

  it('gives the words without a heatmap where they cannot be fetched', async () => {
    const { press } = await start(['a', 'b'], { name: STRIP, reference: 'gone' });
    expect(imagesOf(await press(ROCK))).toMatchObject([{ fileName: STRIP }]);
  });
});
