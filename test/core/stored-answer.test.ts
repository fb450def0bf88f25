import { describe, expect, it } from 'vitest';
import type { ShownPicture } from '../../src/core/request.ts';
import { storedAnswer } from '../../src/core/stored-answer.ts';
import type { StoredResult } from '../../src/core/stored-result.ts';
import { noArchive } from '../support/no-keeping.ts';
import { openState } from '../support/open-state.ts';
import { playlistSource, trackSource } from '../support/reading-ports.ts';
import { NOW, storedResult } from '../support/stored-result.ts';

const HEATMAP: ShownPicture = { name: 'jazz-abababab.jpg', reference: 'shown heatmap' };
const PHOTO: ShownPicture = { name: 'photo-abababab.jpg', reference: { url: 'shown photo' } };
const posted = { messageId: '77', imageName: HEATMAP.name, image: 'kept heatmap' };

async function answer(
  given: Partial<StoredResult> = {},
  pictures: readonly ShownPicture[] = [],
  showsPhoto = true,
) {
  const { store } = openState(() => NOW);
  const dependencies = { store, archive: noArchive, playlistSource, trackSource, showsPhoto };
  const result = storedResult('b-_4567890123456', given);
  return storedAnswer(result, { view: 'choose', pictures }, dependencies, new AbortController().signal);
}

describe('the photo of a stored answer', () => {
  it('is there where the message shows it, to be fetched as the message has it', async () => {
    const { photo } = await answer({}, [HEATMAP, PHOTO]);
    expect(photo).toEqual({ fileName: PHOTO.name, content: { kind: 'stored', reference: PHOTO.reference } });
  });

  it.each([
    ['none', []],
    ['the heatmap alone', [HEATMAP]],
    ['the photo of another result', [HEATMAP, { ...PHOTO, name: 'photo-cdcdcdcd.jpg' }]],
    ['an album’s', [{ ...PHOTO, name: 'photo-abababab-2.jpg' }]],
  ])('is not there where the message shows %s', async (_, pictures) => {
    expect((await answer({}, pictures)).photo).toBeNull();
  });

  it('is an album’s strip under the name that has its size', async () => {
    const [picture] = storedResult('a').pictures;
    const pictures = picture ? [picture, picture] : [];
    const strip = { name: 'photo-abababab-2.jpg', reference: 'strip' };
    expect((await answer({ pictures }, [PHOTO, strip])).photo).toMatchObject({ fileName: strip.name });
    expect((await answer({ pictures }, [PHOTO])).photo).toBeNull();
  });
});

describe('a stored answer', () => {
  it.each([true, false])('is covered as it was: %s', async (spoiler) => {
    expect((await answer({ spoiler })).spoiler).toBe(spoiler);
  });

  it('has the heatmap that the message shows, where that has the photo, too', async () => {
    const content = { kind: 'stored', reference: 'shown heatmap' };
    expect((await answer({ posted }, [HEATMAP, PHOTO])).image).toEqual({ fileName: HEATMAP.name, content });
    const ofRock = { ...HEATMAP, name: 'rock-abababab.jpg' };
    expect((await answer({ posted }, [ofRock, PHOTO])).image).toBeNull();
    expect((await answer({ posted }, [])).image).toBeNull();
  });

  it('has elsewhere the heatmap that was posted, unless that is of another genre', async () => {
    const content = { kind: 'stored', reference: 'kept heatmap' };
    const imageOf = async (given: Partial<StoredResult>) => (await answer(given, [], false)).image;
    expect(await imageOf({ posted })).toEqual({ fileName: HEATMAP.name, content });
    expect(await imageOf({ posted: { ...posted, imageName: 'rock-abababab.jpg' } })).toBeNull();
    expect(await imageOf({ posted: { ...posted, image: null } })).toBeNull();
    expect(await imageOf({ posted: null })).toBeNull();
  });

  it('is in the view that was asked for', async () => {
    expect((await answer()).view).toBe('choose');
  });
});
