import { describe, expect, it } from 'vitest';
import type { Genre } from '../../src/core/genre.ts';
import type { ExplainRequest } from '../../src/core/ports.ts';
import { type HeatEvidence, PLACES } from '../../src/core/types.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { createLocalExplainer } from '../../src/services/local-explainer.ts';
import {
  clear,
  close,
  dimAndWarm,
  makeExplainRequest as makeRequest,
  manyExplainRequests,
} from '../support/make-explain-request.ts';

const LANGUAGE_CODES = ['en', 'ar'] as const;
const MANY = manyExplainRequests();
const explainer = createLocalExplainer();
const explain = (request: ExplainRequest) => explainer.explain(request, new AbortController().signal);
const countWords = (text: string): number => text.split(/\s+/).length;

describe.each(LANGUAGE_CODES)('createLocalExplainer in %s', (language) => {
  const { genres } = LANGUAGES[language];

  it('keeps to 60 words a paragraph and 200 characters of alt text, without markup or gaps', async () => {
    for (const request of MANY) {
      const { photo, heatmap, altText, source } = await explain({ ...request, language });
      expect(source).toBe('local');
      expect(altText.length).toBeLessThanOrEqual(200);
      for (const text of [photo, heatmap, altText]) {
        expect(countWords(text)).toBeLessThanOrEqual(60);
        expect(countWords(text)).toBeGreaterThanOrEqual(8);
        expect(text).not.toMatch(/[*_`<>#[\]{}\\]|undefined|null|NaN| {2}|\.\.| [.,،]/);
        expect(text).toMatch(/\.$/);
      }
      expect(altText.match(/\./g)).toHaveLength(1);
    }
  });

  it('names the genre, and both when two share the photo', async () => {
    for (const request of MANY) {
      const { photo, heatmap } = await explain({ ...request, language });
      const named = request.blend
        ? [request.genre, ...request.blend]
        : [request.genre, request.ranking[0] as Genre];
      for (const genre of named) expect(photo.toLowerCase()).toContain(genres[genre]);
      expect(heatmap.toLowerCase()).toContain(genres[request.genre]);
    }
  });

  it('says the same of the same photo, and something else of another', async () => {
    const say = async (given: Partial<ExplainRequest>) =>
      (await explain(makeRequest({ language, ...given }))).photo;
    expect(await say({})).toBe(await say({}));
    const phrasings = new Set(
      await Promise.all(Array.from({ length: 20 }, (_, index) => say({ sha256: `${index}` }))),
    );
    expect(phrasings.size).toBeGreaterThan(8);
    const brighter = { ...dimAndWarm, brightness: 0.7, warmth: -0.2, colours: [] };
    expect(await say({ appearance: brighter })).not.toBe(await say({}));
  });

  it('claims no place when the map is blank', async () => {
    const all = await Promise.all(
      PLACES.map(async (place) => {
        const evidence: HeatEvidence = { blank: true, place, placeShare: 0, halfArea: 0, hot: dimAndWarm };
        const { heatmap, altText } = await explain(makeRequest({ language, genre: 'rock', evidence }));
        return `${heatmap} ${altText}`;
      }),
    );
    expect(new Set(all).size).toBe(1);
    expect(all[0]).toContain(genres.rock);
  });

  it('says honestly that it was the shapes when nothing measured fits', async () => {
    const { photo } = await explain(makeRequest({ language, scores: { ...clear, jazz: 0.19, pop: 0.61 } }));
    expect(photo).toContain({ en: 'shapes', ar: 'الأشكال' }[language]);
    expect(photo).toContain(genres.jazz);
  });

  it('gives an asked genre its own share and the winner’s', async () => {
    const { photo, heatmap } = await explain(makeRequest({ language, genre: 'pop' }));
    for (const text of ['6%', '62%', genres.pop, genres.jazz]) expect(photo).toContain(text);
    expect(heatmap).toContain('62%');
  });

  it('names the shares of a blend', async () => {
    const { photo } = await explain(makeRequest({ language, scores: close }));
    for (const text of ['34%', '31%']) expect(photo).toContain(text);
  });
});

it('rejects with the signal’s reason when the call was given up', async () => {
  const reason = new Error('gone');
  await expect(explainer.explain(makeRequest(), AbortSignal.abort(reason))).rejects.toBe(reason);
});
