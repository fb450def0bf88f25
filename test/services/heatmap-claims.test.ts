import { describe, expect, it } from 'vitest';
import { isGenre } from '../../src/core/genre.ts';
import { leaning, type Tendency } from '../../src/core/genre-leanings.ts';
import type { ExplainRequest } from '../../src/core/ports.ts';
import { tellingFacts } from '../../src/core/telling-facts.ts';
import type { Appearance, Language } from '../../src/core/types.ts';
import { createLocalExplainer } from '../../src/services/local-explainer.ts';
import { manyExplainRequests } from '../support/make-explain-request.ts';

const MANY = manyExplainRequests();
const explainer = createLocalExplainer();

async function heatmapOf(request: ExplainRequest, language: Language = 'en'): Promise<string> {
  const { heatmap } = await explainer.explain({ ...request, language }, new AbortController().signal);
  return heatmap;
}

type Comparison = readonly [
  measure: Exclude<keyof Appearance, 'colours'>,
  sign: -1 | 1,
  tendency: Tendency,
  english: RegExp,
  arabic: RegExp,
];
const COMPARISONS: readonly Comparison[] = [
  ['brightness', -1, 'dark', /\bdarker\b/, /أغمق/],
  ['brightness', 1, 'bright', /\bbrighter\b/, /أكثر إضاءة/],
  ['contrast', 1, 'hard', /\bhigher in contrast\b/, /أشد تباينًا/],
  ['saturation', -1, 'muted', /\bpaler in colour\b/, /أهدأ لونًا/],
  ['saturation', 1, 'vivid', /\bmore colourful\b/, /أقوى لونًا/],
  ['warmth', -1, 'cool', /\bcooler\b/, /أبرد/],
  ['warmth', 1, 'warm', /\bwarmer\b/, /أدفأ/],
  ['edges', -1, 'smooth', /\bsmoother\b/, /أقل تفاصيل/],
  ['edges', 1, 'busy', /\bbusier\b/, /أغنى بالتفاصيل/],
];

describe('what is said of the hot part', () => {
  it.each(COMPARISONS)(
    'compares %s (%i, %s) only where it was measured so',
    async (measure, sign, _, english, arabic) => {
      let said = 0;
      for (const request of MANY) {
        const texts = [await heatmapOf(request), await heatmapOf(request, 'ar')];
        const [en = '', ar = ''] = texts;
        expect(english.test(en)).toBe(arabic.test(ar));
        if (!english.test(en)) continue;
        said += 1;
        expect([en, Math.sign(request.evidence.hot[measure] - request.appearance[measure])]).toEqual([
          en,
          sign,
        ]);
      }
      expect(said).toBeGreaterThan(10);
    },
  );

  it('says that it suits the genre only where a look of that genre is there and nothing named speaks against it', async () => {
    let said = 0;
    for (const request of MANY) {
      const text = await heatmapOf(request);
      const genre = text.match(/which suits (\w+)/)?.[1];
      if (genre === undefined) continue;
      said += 1;
      expect(genre).toBe(request.genre);
      if (!isGenre(genre)) throw new Error(genre);
      expect(tellingFacts(request.evidence.hot).some(({ name }) => leaning(name, genre) > 0)).toBe(true);
      const named = COMPARISONS.filter(([, , , english]) => english.test(text));
      for (const [, , tendency] of named) expect(leaning(tendency, genre)).toBeGreaterThanOrEqual(0);
    }
    expect(said).toBeGreaterThan(10);
  });

  it('names a colour only where there is clearly more of it', async () => {
    const share = (look: Appearance, name?: string) =>
      look.colours.find(({ colour }) => colour === name)?.share ?? 0;
    let said = 0;
    for (const { ...request } of MANY) {
      const colour = (await heatmapOf(request)).match(/more (?!colourful)(\w+)(?: there|[,.])/)?.[1];
      if (colour === undefined) continue;
      said += 1;
      expect(share(request.evidence.hot, colour) - share(request.appearance, colour)).toBeGreaterThan(0.1);
    }
    expect(said).toBeGreaterThan(10);
  });
});

describe('what is said of the margin', () => {
  it.each([
    [/is far ahead with|The gap is wide/, 0.5, 1],
    [/leads clearly|is well ahead of/, 0.25, 0.5],
    [/leads with|It stays a contest/, 0, 0.25],
  ] as const)('%s only where it is between %f and %f', async (words, least, most) => {
    let said = 0;
    for (const request of MANY) {
      if (!words.test(await heatmapOf(request))) continue;
      said += 1;
      const [first, second] = request.ranking.map((genre) => request.scores[genre]);
      const lead = (first ?? 0) - (second ?? 0);
      expect(request.genre).toBe(request.ranking[0]);
      expect(lead).toBeGreaterThan(least);
      expect(lead).toBeLessThanOrEqual(most);
    }
    expect(said).toBeGreaterThan(10);
  });

  it('says of a genre asked for that another stays ahead, and by how much', async () => {
    for (const request of MANY.filter(({ genre, ranking }) => genre !== ranking[0])) {
      expect(await heatmapOf(request)).toMatch(new RegExp(`${request.ranking[0]} stays ahead`, 'i'));
    }
  });
});
