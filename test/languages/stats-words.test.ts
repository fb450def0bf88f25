import { describe, expect, it } from 'vitest';
import { DRIFT_VERDICTS } from '../../src/core/drift.ts';
import { GENRES } from '../../src/core/genre.ts';
import { LANGUAGE_CODES, type Language } from '../../src/core/types.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { portion } from '../../src/languages/portion.ts';

const PARTS = GENRES.map((genre) => ({ genre, share: 0.2 }));

/** Every text about counted photos, with example values filled in. */
function texts(code: Language): string[] {
  const { mix, own, chart, group, all, drift } = LANGUAGES[code].chat.stats;
  return [
    ...[mix, own.title, own.photos(12, 3, 1), own.none],
    ...[chart.label, chart.altText(PARTS), chart.order],
    ...[group.title, group.photos(12), group.none, group.privately],
    ...[all.heading, all.photos(12, 3, 1), all.agreement(0.75), all.fewVotes(20)],
    ...[drift.heading, drift.tooFew(12, 50), ...Object.values(drift.verdict)],
    ...[drift.distance(0.12, 0.21), drift.confidence(0.7, 0.76, 0.14), drift.brackets(1826)],
  ];
}

describe.each(LANGUAGE_CODES)('the words for counted photos in %s', (code) => {
  const { own, group, all, drift, chart, percent } = LANGUAGES[code].chat.stats;

  it('are there, in one line each, without markup', () => {
    for (const text of texts(code)) {
      expect(text).not.toBe('');
      expect(text.trim()).toBe(text);
      expect(text).not.toMatch(/[\n<>&*_`[\]]|undefined|null|NaN/);
    }
  });

  it('hold the values, each in its place', () => {
    expect(own.photos(12, 3, 1)).toMatch(/90.*12.*👍 \u2068?3.*👎 \u2068?1/s);
    expect(group.photos(12)).toMatch(/7.*12/);
    expect(all.photos(12, 3, 1)).toMatch(/12.*👍 \u2068?3.*👎 \u2068?1/s);
    expect(all.agreement(0.756)).toContain('76%');
    expect(all.fewVotes(20)).toContain('20');
    expect(drift.tooFew(12, 50)).toMatch(/12.*50/);
    expect(drift.distance(0.12, 0.21)).toMatch(/12%.*21%/);
    expect(drift.confidence(0.7, 0.76, 0.14)).toMatch(/70%.*76%.*14%/);
    expect(drift.beside(0.3, 0.22)).toContain('30% (22%)');
    expect(drift.brackets(1826)).toContain('1826');
    expect(percent(1)).toContain('100%');
  });

  it('name all genres in the words of the picture, in their order', () => {
    const { genres } = LANGUAGES[code];
    const shares = PARTS.map(({ genre }, index) => ({ genre, share: index / 10 }));
    const places = shares.map(({ genre, share }) =>
      chart.altText(shares).indexOf(`${genres[genre]} ${percent(share)}`),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('say each verdict otherwise', () => {
    expect(Object.keys(drift.verdict)).toEqual([...DRIFT_VERDICTS]);
    expect(new Set(Object.values(drift.verdict)).size).toBe(DRIFT_VERDICTS.length);
  });
});

describe('Arabic for counted photos', () => {
  it('is in Arabic letters, with Latin ones and numbers only inside isolates', () => {
    const { percent, drift } = LANGUAGES.ar.chat.stats;
    for (const text of [...texts('ar'), percent(0.5), drift.beside(0.5, 0.4)]) {
      const bare = text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');
      expect(bare).not.toMatch(/[A-Za-z0-9%\u2068\u2069\u0660-\u0669\u066A]/);
    }
    for (const text of texts('ar')) expect(text).toMatch(/[\u0600-\u06FF]/);
  });
});

describe('portion', () => {
  it.each([
    [0, '0%'],
    [0.0001, '<1%'],
    [0.0049, '<1%'],
    [0.005, '1%'],
    [0.424, '42%'],
    [0.999, '99%'],
    [1, '100%'],
  ])('says %d as %s', (share, words) => {
    expect(portion(share)).toBe(words);
  });
});
