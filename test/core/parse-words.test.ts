import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { parseGenre, parseLanguage, parseRegion } from '../../src/core/parse-words.ts';
import { REGIONS } from '../../src/core/playlist.ts';
import { LANGUAGE_CODES } from '../../src/core/types.ts';
import { isolate } from '../../src/languages/isolate.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';

describe('parse-words', () => {
  it('knows every name that we say ourselves, in both languages', () => {
    for (const code of LANGUAGE_CODES) {
      const words = LANGUAGES[code];
      for (const genre of GENRES) {
        expect(parseGenre(genre)).toBe(genre);
        expect(parseGenre(words.genres[genre])).toBe(genre);
        expect(parseGenre(isolate(words.genres[genre].toUpperCase()))).toBe(genre);
      }
      for (const region of REGIONS) expect(parseRegion(words.regions[region])).toBe(region);
      expect(parseLanguage(words.name)).toBe(code);
      expect(parseLanguage(code)).toBe(code);
    }
  });

  it.each([
    ['Classic', 'classical'],
    ['الكلاسيكية', 'classical'],
    ['كلاسيك', 'classical'],
    ['TECHNO', 'electronic'],
    ['edm', 'electronic'],
    ['إلكترونية', 'electronic'],
    ['الإلكترونية', 'electronic'],
    ['الالكتروني', 'electronic'],
    ['الكترونيه', 'electronic'],
    ['الجاز', 'jazz'],
    ['جَاز', 'jazz'],
    ['جـــاز', 'jazz'],
    ['ＪＡＺＺ', 'jazz'],
    ['البوب', 'pop'],
    ['الرُّوك', 'rock'],
  ])('knows the genre %s', (word, genre) => {
    expect(parseGenre(word)).toBe(genre);
  });

  it.each([
    ['Gulf', 'khaleeji'],
    ['khaliji', 'khaleeji'],
    ['خليجية', 'khaleeji'],
    ['الخليجي', 'khaleeji'],
    ['عربي', 'khaleeji'],
    ['World', 'global'],
    ['العالمية', 'global'],
  ])('knows the region %s', (word, region) => {
    expect(parseRegion(word)).toBe(region);
  });

  it.each([
    ['English', 'en'],
    ['الإنجليزية', 'en'],
    ['انجليزي', 'en'],
    ['arabic', 'ar'],
    ['عربية', 'ar'],
    ['العربيه', 'ar'],
  ])('knows the language %s', (word, language) => {
    expect(parseLanguage(word)).toBe(language);
  });

  it.each(['', ' ', 'ال', 'الال', 'polka', 'jaz', 'jazz!', 'toString', '__proto__', 'بولكا', '🎵'])(
    'knows nothing by the name of %j',
    (word) => {
      expect([parseGenre(word), parseRegion(word), parseLanguage(word)]).toEqual([null, null, null]);
    },
  );
});
