import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Playlists } from '../../src/core/playlist.ts';
import type { Explainer, PlaylistSource } from '../../src/core/ports.ts';
import { type ReadPhotoRequest, readPhoto } from '../../src/core/read-photo.ts';
import type { Explanation, Reading } from '../../src/core/types.ts';
import { UserError } from '../../src/core/user-error.ts';
import { makeLook } from '../support/make-look.ts';
import { makePhotoReader } from '../support/make-photo-reader.ts';

const explanation: Explanation = { photo: 'p', heatmap: 'h', altText: 'a', source: 'local' };
const playlist = { genre: 'jazz', url: 'y', youtubeMusic: 'm', spotify: 's' } as const;
const playlists: Playlists = {
  global: { ...playlist, region: 'global' },
  khaleeji: { ...playlist, region: 'khaleeji' },
};

const PHOTO = Uint8Array.of(7);
const PLAIN = { why: null, withPhoto: false, withCopy: false } as const;
const ASKED = { ...PLAIN, bytes: new Uint8Array(), language: 'en', asker: null } as const;

const photoReader = makePhotoReader(async (_, { why, withPhoto }) => ({
  ...makeLook({ jazz: 0.7, rock: 0.2, pop: 0.1 }, why),
  photo: withPhoto ? PHOTO : null,
}));
const explainer: Explainer = { wantsPreviews: false, explain: async () => explanation };
const playlistSource: PlaylistSource = { playlists: async () => playlists };

async function read(overrides: object = {}, given: Partial<ReadPhotoRequest> = {}): Promise<Reading[]> {
  const dependencies = { photoReader, explainer, playlistSource, ...overrides };
  return Array.fromAsync(readPhoto({ ...ASKED, ...given }, dependencies, new AbortController().signal));
}

describe('readPhoto', () => {
  it('gives genre and heatmap first, then the rest, each snapshot complete', async () => {
    const readings = await read();
    expect(readings).toHaveLength(2);
    expect(readings[0]).toMatchObject({
      genre: 'jazz',
      ranking: ['jazz', 'rock', 'pop', 'classical', 'electronic'],
      blend: null,
      explanation: { state: 'pending' },
      playlists: { state: 'pending' },
    });
    expect(readings[1]).toMatchObject({
      explanation: { state: 'ready', value: explanation },
      playlists: { state: 'ready', value: playlists },
    });
  });

  it('does not keep playlists waiting for words', async () => {
    const words = Promise.withResolvers<Explanation>();
    const readings = readPhoto(
      ASKED,
      { photoReader, explainer: { wantsPreviews: false, explain: () => words.promise }, playlistSource },
      new AbortController().signal,
    );
    await readings.next();
    const { value } = await readings.next();
    expect(value).toMatchObject({ explanation: { state: 'pending' }, playlists: { state: 'ready' } });
    words.resolve(explanation);
    expect((await readings.next()).value).toMatchObject({ explanation: { state: 'ready' } });
  });

  it('is about the genre asked for', async () => {
    const [first] = await read({}, { why: 'rock' });
    expect(first).toMatchObject({
      genre: 'rock',
      ranking: ['jazz', 'rock', 'pop', 'classical', 'electronic'],
    });
  });

  it('has the photo itself where that is wanted', async () => {
    for (const { look } of await read({}, { withPhoto: true })) expect(look.photo).toBe(PHOTO);
    for (const { look } of await read()) expect(look.photo).toBeNull();
  });

  it.each([
    ['explanation', { explainer: { explain: async () => Promise.reject(new Error('down')) } }],
    [
      'explanation',
      {
        explainer: {
          explain: () => {
            throw new Error('down');
          },
        },
      },
    ],
    ['playlists', { playlistSource: { playlists: async () => Promise.reject(new Error('down')) } }],
  ])('costs only the %s when its service is down', async (part, overrides) => {
    const last = (await read(overrides)).at(-1);
    const { [part as 'playlists']: failed, ...rest } = last as Reading;
    expect(failed).toEqual({ state: 'unavailable', reason: 'Error: down' });
    expect(Object.values(rest)).toContainEqual(expect.objectContaining({ state: 'ready' }));
  });

  it('passes on what is wrong with the photo', async () => {
    const broken = makePhotoReader(async () => Promise.reject(new UserError('unreadable', {})));
    await expect(read({ photoReader: broken })).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('leaves nothing on a signal that outlives it', async () => {
    const { signal } = new AbortController();
    for (let i = 0; i < 3; i++) {
      await Array.fromAsync(readPhoto(ASKED, { photoReader, explainer, playlistSource }, signal));
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const never = { wantsPreviews: false, explain: () => new Promise<Explanation>(() => {}) };
    const readings = readPhoto(ASKED, { photoReader, explainer: never, playlistSource }, stop.signal);
    await readings.next();
    await readings.next();
    const next = readings.next();
    stop.abort(new Error('stopped'));
    await expect(next).rejects.toThrow('stopped');
  });
});
