import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type LandPartsDependencies, landParts, type Parts } from '../../src/core/land-parts.ts';
import type { Playlists } from '../../src/core/playlist.ts';
import type { Explanation } from '../../src/core/types.ts';
import { makeExplainRequest } from '../support/make-explain-request.ts';

const EXPLANATION: Explanation = { photo: 'p', heatmap: 'h', altText: 'a', source: 'local' };
const PLAYLISTS = { global: {}, khaleeji: {} } as Playlists;

function start(given: Partial<LandPartsDependencies> = {}) {
  const words = Promise.withResolvers<Explanation>();
  const lists = Promise.withResolvers<Playlists>();
  const asked: unknown[] = [];
  const stop = new AbortController();
  const dependencies: LandPartsDependencies = {
    explainer: { wantsPreviews: false, explain: () => words.promise },
    playlistSource: {
      playlists: (genre) => {
        asked.push(genre);
        return lists.promise;
      },
    },
    ...given,
  };
  const request = makeExplainRequest();
  const parts = landParts(request, dependencies, stop.signal);
  const next = async () => {
    const { value, done } = await parts.next();
    return done ? 'done' : states(value as Parts);
  };
  return { words, lists, asked, stop, parts, next, request };
}

const states = ({ explanation, playlists }: Parts) => `${explanation.state} ${playlists.state}`;

describe('landParts', () => {
  it.each([
    ['words', 'ready pending'],
    ['lists', 'pending ready'],
  ] as const)('gives a snapshot as each part lands, %s first', async (first, middle) => {
    const { words, lists, next } = start();
    expect(await next()).toBe('pending pending');
    const second = next();
    if (first === 'words') words.resolve(EXPLANATION);
    else lists.resolve(PLAYLISTS);
    expect(await second).toBe(middle);
    const third = next();
    words.resolve(EXPLANATION);
    lists.resolve(PLAYLISTS);
    expect(await third).toBe('ready ready');
    expect(await next()).toBe('done');
  });

  it('gives what lands together, or while nobody looks, in one', async () => {
    const { words, lists, next, parts } = start();
    await parts.next();
    words.resolve(EXPLANATION);
    lists.resolve(PLAYLISTS);
    await Promise.resolve();
    expect(await next()).toBe('ready ready');
    expect(await next()).toBe('done');
  });

  it('begins with the work before anybody looks at the first snapshot', async () => {
    const { parts, asked, request } = start();
    await parts.next();
    expect(asked).toEqual([request.ranking[0]]);
  });

  it('costs only its own part, and says why for whoever runs the program', async () => {
    const { words, lists, parts } = start();
    await parts.next();
    words.reject(new Error('down'));
    lists.resolve(PLAYLISTS);
    await Promise.resolve();
    const rest = await Array.fromAsync(parts);
    expect(rest.at(-1)).toEqual({
      explanation: { state: 'unavailable', reason: 'Error: down' },
      playlists: { state: 'ready', value: PLAYLISTS },
    });
  });

  it('ends with the signal, whenever it comes, and leaves nothing on it', async () => {
    for (const when of ['before', 'waiting'] as const) {
      const { parts, stop } = start();
      if (when === 'before') stop.abort(new Error('stopped'));
      await parts.next();
      const next = parts.next();
      if (when === 'waiting') stop.abort(new Error('stopped'));
      await expect(next).rejects.toThrow('stopped');
      expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
    }
  });

  it('leaves nothing on the signal when nobody looks any more', async () => {
    const { parts, words, stop } = start();
    await parts.next();
    words.resolve(EXPLANATION);
    await parts.next();
    await parts.return(undefined);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
  });
});
