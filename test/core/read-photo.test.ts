import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Explainer, PlaylistSource } from '../../src/core/ports.ts';
import { readPhoto } from '../../src/core/read-photo.ts';
import type { Explanation, Playlists, Reading } from '../../src/core/types.ts';
import { UserError } from '../../src/core/user-error.ts';
import { makeLook } from '../support/make-look.ts';
import { makePhotoReader } from '../support/make-photo-reader.ts';

const explanation: Explanation = { photo: 'p', heatmap: 'h', altText: 'a', source: 'local' };
const playlist = { genre: 'jazz', url: 'https://example.org', tracks: [] } as const;
const playlists: Playlists = {
  global: { ...playlist, region: 'global' },
  khaleeji: { ...playlist, region: 'khaleeji' },
};

const photoReader = makePhotoReader(async (_, why) => makeLook({ jazz: 0.7, rock: 0.2, pop: 0.1 }, why));
const explainer: Explainer = { explain: async () => explanation };
const playlistSource: PlaylistSource = { playlists: async () => playlists };

async function read(overrides: object = {}, why: 'rock' | null = null): Promise<Reading[]> {
  const dependencies = { photoReader, explainer, playlistSource, ...overrides };
  const request = { bytes: new Uint8Array(), why, language: 'en' } as const;
  return Array.fromAsync(readPhoto(request, dependencies, new AbortController().signal));
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
      { bytes: new Uint8Array(), why: null, language: 'en' },
      { photoReader, explainer: { explain: () => words.promise }, playlistSource },
      new AbortController().signal,
    );
    await readings.next();
    const { value } = await readings.next();
    expect(value).toMatchObject({ explanation: { state: 'pending' }, playlists: { state: 'ready' } });
    words.resolve(explanation);
    expect((await readings.next()).value).toMatchObject({ explanation: { state: 'ready' } });
  });

  it('is about the genre asked for', async () => {
    const [first] = await read({}, 'rock');
    expect(first).toMatchObject({
      genre: 'rock',
      ranking: ['jazz', 'rock', 'pop', 'classical', 'electronic'],
    });
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
    const request = { bytes: new Uint8Array(), why: null, language: 'en' } as const;
    for (let i = 0; i < 3; i++) {
      await Array.fromAsync(readPhoto(request, { photoReader, explainer, playlistSource }, signal));
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const never = { explain: () => new Promise<Explanation>(() => {}) };
    const readings = readPhoto(
      { bytes: new Uint8Array(), why: null, language: 'en' },
      { photoReader, explainer: never, playlistSource },
      stop.signal,
    );
    await readings.next();
    await readings.next();
    const next = readings.next();
    stop.abort(new Error('stopped'));
    await expect(next).rejects.toThrow('stopped');
  });
});
