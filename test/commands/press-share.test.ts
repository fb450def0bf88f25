import { describe, expect, it } from 'vitest';
import type { Card, Reply } from '../../src/core/card.ts';
import { OutletError } from '../../src/core/outlet-error.ts';
import type { ShownPicture } from '../../src/core/request.ts';
import { buttonsOf, linksOf, textsOf } from '../support/command-bench.ts';
import { makeRequest, pressOf } from '../support/make-request.ts';
import { ID, owner, RESULT_BUTTONS, reader, showResult } from '../support/shown-result.ts';

const SHARE = { kind: 'share', result: ID } as const;
const HEATMAP: ShownPicture = { name: 'jazz-abababab.jpg', reference: 'shown heatmap' };
const PHOTO: ShownPicture = { name: 'photo-abababab.jpg', reference: 'shown photo' };

async function start(given: Parameters<typeof showResult>[1] = {}) {
  const bench = await showResult({ showsPhoto: true }, given);
  const share = (pictures = [HEATMAP, PHOTO], context: Parameters<typeof bench.press>[1] = {}) =>
    bench.press(SHARE, { request: owner, ...context }, pictures);
  return { ...bench, share };
}

/** The card that is published: the only reply. */
function published(replies: readonly Reply[]): Card {
  const [only] = replies;
  expect(replies).toHaveLength(1);
  if (only?.kind !== 'publication') throw new Error('nothing was published');
  return only.card;
}

function contentsOf({ blocks }: Card) {
  return blocks.flatMap((block) => (block.kind === 'image' ? [[block.fileName, block.content]] : []));
}

const sent = (text: string) => ({ kind: 'jpeg', jpeg: new TextEncoder().encode(text) });

describe('the button that shares', () => {
  it('publishes the result’s card, with the bytes of both pictures for the new message', async () => {
    const { share } = await start();
    const card = published(await share());
    expect(card).toMatchObject({ title: 'Jazz · 70%', resultId: ID });
    expect(contentsOf(card)).toEqual([
      [HEATMAP.name, sent('shown heatmap')],
      [PHOTO.name, sent('shown photo')],
    ]);
    expect(textsOf(card)).toEqual(expect.arrayContaining(['photo jazz en', 'heatmap jazz en']));
    expect(linksOf(card)).toEqual(['Jazz · Global', 'Jazz · Khaleeji']);
    expect(buttonsOf(card)).toEqual(RESULT_BUTTONS);
  });

  it('speaks the result’s language, whatever its owner’s is by now', async () => {
    const { share } = await start();
    const card = published(await share([HEATMAP, PHOTO], { language: 'ar' }));
    expect(card.language).toBe('en');
    expect(textsOf(card)).toContain('photo jazz en');
  });

  it('covers the pictures where the person covered theirs', async () => {
    const { share } = await start({ spoiler: true });
    const images = published(await share()).blocks.filter(({ kind }) => kind === 'image');
    expect(images).toMatchObject([{ spoiler: true }, { spoiler: true }]);
  });

  it('publishes its words although they had not come yet, or another genre was asked about first', async () => {
    for (const why of [null, 'rock'] as const) {
      const { share, change } = await start({ why });
      await change({ explanation: null });
      const card = published(await share());
      expect(card.title).toBe('Jazz · 70%');
      expect(textsOf(card)).toEqual(expect.arrayContaining(['photo jazz en', 'heatmap jazz en']));
      expect(contentsOf(card)).toEqual([
        [HEATMAP.name, sent('shown heatmap')],
        [PHOTO.name, sent('shown photo')],
      ]);
    }
  });

  it('draws the heatmap again where the message shows another, and leaves out what it does not have', async () => {
    const { share } = await start();
    const ofRock = { name: 'rock-abababab.jpg', reference: 'shown rock' };
    expect(contentsOf(published(await share([ofRock, PHOTO])))).toEqual([
      [HEATMAP.name, sent('draw jazz over shown photo')],
      [PHOTO.name, sent('shown photo')],
    ]);
    expect(contentsOf(published(await share([HEATMAP])))).toEqual([[HEATMAP.name, sent('shown heatmap')]]);
    expect(contentsOf(published(await share([])))).toEqual([]);
  });
});

describe('the button that shares, where a picture cannot be fetched', () => {
  it('publishes without it', async () => {
    const { share } = await start();
    const gone = { ...HEATMAP, reference: 'gone' };
    expect(contentsOf(published(await share([gone, PHOTO])))).toEqual([[PHOTO.name, sent('shown photo')]]);
  });

  it('publishes without any when the platform cannot be reached', async () => {
    const { share, dependencies } = await start();
    const fetch = async () => Promise.reject(new OutletError('down', { kind: 'later', afterMs: 1 }));
    Object.assign(dependencies, { imageSource: { fetch } });
    const card = published(await share());
    expect(contentsOf(card)).toEqual([]);
    expect(textsOf(card)).toContain('photo jazz en');
  });

  it('passes on a bug', async () => {
    const { share, dependencies } = await start();
    const fetch = async () => Promise.reject(new TypeError('a bug'));
    Object.assign(dependencies, { imageSource: { fetch } });
    await expect(share()).rejects.toThrow('a bug');
  });
});

describe('who may share', () => {
  const pictures = [HEATMAP, PHOTO];

  it('is the owner alone', async () => {
    const { share } = await start();
    await expect(share(pictures, { request: reader })).rejects.toMatchObject({ code: 'not-yours' });
  });

  it('is whoever manages the chat where one of them asked in its name', async () => {
    const { share, change, dependencies } = await start();
    await change({ owner: owner.chat.id });
    await expect(share(pictures, { request: reader })).rejects.toMatchObject({ code: 'not-yours' });
    Object.assign(dependencies, { mayManage: async () => true });
    expect(published(await share(pictures, { request: reader })).resultId).toBe(ID);
  });

  it('is nobody where there is nobody else', async () => {
    const { share, change } = await start();
    const request = makeRequest(pressOf(''));
    await change({ chat: request.chat });
    await expect(share(pictures, { request })).rejects.toMatchObject({ code: 'nobody-else' });
  });
});
