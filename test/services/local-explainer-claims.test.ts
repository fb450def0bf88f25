import { describe, expect, it } from 'vitest';
import type { ExplainRequest } from '../../src/core/ports.ts';
import type { Appearance } from '../../src/core/types.ts';
import { createLocalExplainer } from '../../src/services/local-explainer.ts';
import { manyExplainRequests } from '../support/make-explain-request.ts';

const MANY = manyExplainRequests();
const explainer = createLocalExplainer();
const explain = (request: ExplainRequest) => explainer.explain(request, new AbortController().signal);
const withoutIsolates = (text: string): string => text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');

describe('what is claimed', () => {
  const claims: readonly (readonly [RegExp, (look: Appearance) => boolean])[] = [
    [
      /\b(bright|brightness|plenty of light|great deal of light|flood of light|brilliant)\b/i,
      (look) => look.brightness > 0.5,
    ],
    [
      /\b(little light|deep shade|near-darkness|darkness|very dark|low, (warm|cool) light)\b/i,
      (look) => look.brightness < 0.35,
    ],
    [/\b(warm tones|warm cast|warm browns?|warm light|warm colour)\b/i, (look) => look.warmth > 0.05],
    [/\b(cool tones|cool cast|cold cast|cool blues?|cool light|cold blue)\b/i, (look) => look.warmth < 0],
    [/\b(muted|almost no colour|drained|little colour)\b/i, (look) => look.saturation < 0.2],
    [/\b(strong colour|saturated|full strength)\b/i, (look) => look.saturation > 0.4],
    [/\b(fine detail|busy texture|dense detail|restless texture)\b/i, (look) => look.edges > 0.03],
    [/\b(smooth surfaces|quiet areas|hardly an edge|unbroken)\b/i, (look) => look.edges < 0.02],
    [/\bpurple\b/i, (look) => look.colours.some(({ colour }) => colour === 'purple')],
  ];

  it('is never said of a photo that does not measure so', async () => {
    for (const request of MANY) {
      const { altText } = await explain(request);
      for (const [claim, holds] of claims) {
        if (claim.test(altText)) expect([altText, holds(request.appearance)]).toEqual([altText, true]);
      }
    }
  });

  it('never calls a dark photo bright, nor a bright one dark', async () => {
    for (const request of MANY) {
      const { photo, altText } = await explain(request);
      const text = `${photo} ${altText}`;
      if (request.appearance.brightness < 0.4)
        expect(text).not.toMatch(/\bbright|plenty of light|flood of light/i);
      if (request.appearance.brightness > 0.4)
        expect(text).not.toMatch(/\bdim\b|little light|dark(ness| ground)|shade/i);
    }
  });
});

describe('in Arabic', () => {
  it('is written in Arabic, with balanced isolates and no Latin letters or percentages outside them', async () => {
    for (const request of MANY) {
      const { photo, heatmap, altText } = await explain({ ...request, language: 'ar' });
      for (const text of [photo, heatmap, altText]) {
        expect(text).toMatch(/[\u0600-\u06FF]/);
        expect(withoutIsolates(text)).not.toMatch(/[A-Za-z0-9%\u2068\u2069]/);
      }
    }
  });
});
