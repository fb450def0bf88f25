import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/core/card.ts';
import { OutletError } from '../../src/core/outlet-error.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import {
  buttonsOf,
  imageOf,
  lastCard,
  linksOf,
  optionsOf,
  textsOf,
  toastsOf,
} from '../support/command-bench.ts';
import { explainer } from '../support/reading-ports.ts';
import { ID, owner, RESULT_BUTTONS, reader, showResult as start } from '../support/shown-result.ts';

const withoutImage = ({ blocks, ...card }: Card) => ({
  ...card,
  blocks: blocks.filter(({ kind }) => kind !== 'image'),
});

describe('the “Why not …?” button', () => {
  it('shows the other genres to choose from, on the same card', async () => {
    const { press, shown } = await start();
    const replies = await press({ kind: 'why', result: ID }, { request: owner });
    expect(replies).toHaveLength(2);
    expect(toastsOf(replies)).toEqual(['']);
    const card = lastCard(replies);
    expect(buttonsOf(card)).toEqual([['why ▾'], ['back']]);
    expect(optionsOf(card)).toEqual([
      'why-genre classical',
      'why-genre electronic',
      'why-genre pop',
      'why-genre rock',
    ]);
    expect({ ...withoutImage(card), buttons: [] }).toEqual({ ...withoutImage(shown), buttons: [] });
    expect(imageOf(card)).toMatchObject({ shows: `file of ${imageOf(shown)?.fileName}` });
  });

  it('gives the same photo’s map and words for the chosen one', async () => {
    const { press } = await start();
    const replies = await press({ kind: 'why-genre', result: ID, genre: 'rock' }, { request: owner });
    expect(toastsOf(replies)).toEqual(['']);
    const card = lastCard(replies);
    expect(card).toMatchObject({ title: 'Why rock? · 20%', accent: 'rock', resultId: ID });
    expect(imageOf(card)).toEqual({
      fileName: 'rock-abababab.jpg',
      altText: 'alt rock en',
      shows: 'draw rock over cat',
    });
    expect(textsOf(card)).toEqual(
      expect.arrayContaining(['First choice for this photo: jazz · 70%', 'photo rock en', 'heatmap rock en']),
    );
    expect(linksOf(card)).toEqual(['Jazz · Global', 'Jazz · Khaleeji']);
    expect(buttonsOf(card)).toEqual([['why ▾'], ['back']]);
    expect(optionsOf(card)).toEqual(['why-genre classical', 'why-genre electronic', 'why-genre pop']);
  });

  it('leads back to the card as it was', async () => {
    const { press, shown } = await start();
    const card = lastCard(await press({ kind: 'back', result: ID }, { request: owner }));
    expect(withoutImage(card)).toEqual(withoutImage(shown));
    expect(buttonsOf(card)).toEqual(RESULT_BUTTONS);
    expect(imageOf(card)).toMatchObject({
      fileName: imageOf(shown)?.fileName,
      shows: expect.stringMatching(/^file/),
    });
  });

  it('is for everyone in the group to read, in the language of whoever asked', async () => {
    const { press } = await start();
    const context = { request: reader, language: 'ar' } as const;
    for (const kind of ['why', 'back'] as const) {
      expect(lastCard(await press({ kind, result: ID }, context)).language).toBe('en');
    }
    const card = lastCard(await press({ kind: 'why-genre', result: ID, genre: 'rock' }, context));
    expect(textsOf(card)).toContain('photo rock en');
  });

  it('leads back although the words were not there yet, or could not be had', async () => {
    const { press, change } = await start();
    await change({ explanation: null });
    const card = lastCard(await press({ kind: 'back', result: ID }, { request: owner }));
    expect(buttonsOf(card)).toEqual(RESULT_BUTTONS);
    expect(textsOf(card)).toContain('photo jazz en');
    expect(imageOf(card)).toMatchObject({ shows: expect.stringMatching(/^file of jazz/) });
  });

  it('leads back to the first genre, where another one was asked about from the start', async () => {
    const { press } = await start({}, { why: 'rock' });
    const card = lastCard(await press({ kind: 'back', result: ID }, { request: owner }));
    expect(card.title).toBe('Jazz · 70%');
    expect(textsOf(card)).toContain('photo jazz en');
    expect(imageOf(card)).toMatchObject({ shows: 'draw jazz over cat' });
    expect(buttonsOf(card)).toEqual(RESULT_BUTTONS);
  });

  it('speaks its owner’s new language throughout', async () => {
    const { press } = await start();
    const card = lastCard(await press({ kind: 'back', result: ID }, { request: owner, language: 'ar' }));
    expect(textsOf(card)).toContain('photo jazz ar');
    expect(textsOf(card).join()).not.toContain('photo jazz en');
  });
});

describe('“Why not rock?”, where the pixels cannot be had', () => {
  const outOfReach = {
    fetch: async () => Promise.reject(new OutletError('down', { kind: 'later', afterMs: 1 })),
  };

  it.each(['the platform has them no more', 'it cannot be reached'])(
    'gives the words without them: %s',
    async (why) => {
      const { press, dependencies, change, store } = await start();
      const [picture] = (await store.result(ID))?.pictures ?? [];
      if (picture && why !== 'it cannot be reached')
        await change({ pictures: [{ ...picture, reference: 'gone' }] });
      else Object.assign(dependencies, { imageSource: outOfReach });
      const card = lastCard(
        await press({ kind: 'why-genre', result: ID, genre: 'rock' }, { request: owner }),
      );
      expect(imageOf(card)).toBeNull();
      expect(textsOf(card)).toEqual(
        expect.arrayContaining([
          LANGUAGES.en.chat.noPicture('rock', 'jazz'),
          'photo rock en',
          'heatmap rock en',
        ]),
      );
    },
  );

  it('says where the heat lies from the stored map', async () => {
    const asked: unknown[] = [];
    const noting: typeof explainer = {
      wantsPreviews: false,
      explain: (request, signal) => {
        asked.push(request);
        return explainer.explain(request, signal);
      },
    };
    const { press, change, store } = await start({ explainer: noting });
    const [picture] = (await store.result(ID))?.pictures ?? [];
    if (picture) await change({ pictures: [{ ...picture, reference: 'gone' }] });
    await press({ kind: 'why-genre', result: ID, genre: 'rock' }, { request: owner });
    expect(asked.at(-1)).toMatchObject({
      genre: 'rock',
      map: { genre: 'rock', width: 2, height: 2 },
      evidence: { blank: false, place: 'bottom-left', hot: picture?.appearance },
    });
  });

  it('passes on a bug', async () => {
    const { press, dependencies } = await start();
    Object.assign(dependencies, {
      imageSource: { fetch: async () => Promise.reject(new TypeError('a bug')) },
    });
    const pressed = press({ kind: 'why-genre', result: ID, genre: 'rock' }, { request: owner });
    await expect(pressed).rejects.toThrow('a bug');
  });
});

describe('“Why not rock?”, of an album', () => {
  it('draws a strip of the pictures that were read, for that genre', async () => {
    const { press } = await start({}, { images: ['a', 'b'] });
    const card = lastCard(await press({ kind: 'why-genre', result: ID, genre: 'rock' }, { request: owner }));
    expect(imageOf(card)?.shows).toBe('strip rock rock, measured 0');
  });

  it('comes without a picture where one of them is gone', async () => {
    const { press, change, store } = await start({}, { images: ['a', 'b'] });
    const [a, b] = (await store.result(ID))?.pictures ?? [];
    if (a && b) await change({ pictures: [a, { ...b, reference: 'gone' }] });
    const card = lastCard(await press({ kind: 'why-genre', result: ID, genre: 'rock' }, { request: owner }));
    expect(imageOf(card)).toBeNull();
    expect(textsOf(card)).toContain('photo rock en');
  });
});
