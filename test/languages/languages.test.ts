import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { FACT_NAMES, leaning } from '../../src/core/genre-leanings.ts';
import { REGIONS } from '../../src/core/playlist.ts';
import type { UserErrorValues } from '../../src/core/user-error.ts';
import { arReasons } from '../../src/languages/ar-reasons.ts';
import { enReasons } from '../../src/languages/en-reasons.ts';
import { reasonsFor } from '../../src/languages/fact-phrases.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';

const VALUES: UserErrorValues = {
  'not-found': { name: 'cat.jpg' },
  'not-a-file': { name: 'photos' },
  empty: {},
  'not-an-image': {},
  'unsupported-format': { format: 'SVG' },
  'too-large': { maxMegabytes: 20, maxMegapixels: 50 },
  unreadable: {},
  'timed-out': {},
  busy: {},
  'slow-down': { seconds: 12 },
  'too-large-here': { maxMegabytes: 20 },
  'picture-gone': {},
  'no-still': {},
  'no-photo': {},
  'no-picture-here': {},
  'hidden-picture': {},
  'may-not-post': {},
  'nobody-else': {},
  'no-tracks': {},
  'stale-button': {},
  'not-yours': {},
  'not-alone': {},
  'not-manager': {},
};

const CODES = Object.keys(VALUES) as (keyof UserErrorValues)[];

const ISOLATES = /\u2068[^\u2068\u2069]*\u2069/g;

/** Every text of a language, with example values filled in. */
function texts(language: 'en' | 'ar'): string[] {
  const { card, terminal, start, registration, errors, ...words } = LANGUAGES[language];
  return [
    ...CODES.map((code) => (errors[code] as (values: unknown) => string)(VALUES[code])),
    ...Object.values(words.genres),
    ...Object.values(words.regions),
    ...Object.values(words.notes),
    words.percent(0.3),
    words.apology,
    card.title('jazz', 0.62),
    card.blend('jazz', 'classical'),
    card.asked('rock', 0.12),
    card.winner('jazz', 0.62),
    card.playlist('pop', 'khaleeji'),
    ...Object.values(card).filter((text) => typeof text === 'string'),
    terminal.usage('npm run vibe --'),
    terminal.noPhoto,
    terminal.unknownOption('--loud'),
    terminal.missingValue('--why'),
    terminal.unknownGenre('polka'),
    terminal.unknownLanguage('fr'),
    terminal.unusableFolder('maps'),
    start.noToken(['DISCORD_TOKEN', 'TELEGRAM_TOKEN']),
    start.unreadableSettings('.env'),
    start.unusableSettings(['PORT', 'DEFAULT_LANGUAGE']),
    start.unusableModel('genre.json is not JSON'),
    start.unusableState('var', 'is not a database'),
    start.refusedToken('Telegram', 'TELEGRAM_TOKEN'),
    start.unusablePort('127.0.0.1', 8080),
    start.otherPoller('Telegram'),
    ...[registration.everywhere, registration.inServer('123')],
    ...[registration.added('/vibe'), registration.removed('/vibe'), registration.unchanged('/vibe')],
    registration.changed('/vibe', ['description', 'options.genre']),
    ...[registration.written, registration.nothingToDo, registration.onlyShown],
    ...[registration.usage('vibe'), registration.notInServer('123')],
    ...[registration.unreachable('Discord', '502'), registration.refused('Discord', '400')],
  ];
}

describe.each(['en', 'ar'] as const)('LANGUAGES.%s', (language) => {
  const words = LANGUAGES[language];

  it('words everything, in one line each', () => {
    for (const text of texts(language)) {
      expect(text.trim()).toBe(text);
      expect(text).not.toBe('');
      expect(text).not.toContain('\n');
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });

  it('says in a whole sentence what was wrong, short enough to be said in passing', () => {
    for (const code of CODES) {
      const text = (words.errors[code] as (values: unknown) => string)(VALUES[code]);
      expect(text).toMatch(/[.؟?]$/);
      expect(text.length).toBeLessThanOrEqual(200);
    }
    expect(words.apology).toMatch(/\.$/);
  });

  it('puts the values into the errors', () => {
    expect(words.errors['not-found']({ name: 'cat.jpg' })).toContain('cat.jpg');
    expect(words.errors['unsupported-format']({ format: 'SVG' })).toContain('SVG');
    const limits = words.errors['too-large']({ maxMegabytes: 20, maxMegapixels: 50 });
    expect(limits).toMatch(/20.*50/);
    expect(words.start.noToken(['A_TOKEN', 'B_TOKEN'])).toMatch(/A_TOKEN.*B_TOKEN/);
    expect(words.errors['slow-down']({ seconds: 12 })).toContain('12');
    expect(words.errors['too-large-here']({ maxMegabytes: 20 })).toContain('20');
  });

  it('names each playlist', () => {
    const titles = GENRES.flatMap((genre) => REGIONS.map((region) => words.card.playlist(genre, region)));
    expect(new Set(titles).size).toBe(10);
  });

  it('is never certain', () => {
    expect(words.percent(0.004)).toContain('<1%');
    expect(words.percent(0.006)).toMatch(/^\W?1%/);
    expect(words.percent(1)).toContain('99%');
    expect(words.percent(0.624)).toContain('62%');
  });

  it('has a reason, naming the genre, wherever a fact speaks for it', () => {
    const reasons = { en: enReasons, ar: arReasons }[language];
    for (const genre of GENRES) {
      for (const name of FACT_NAMES) {
        const found = reasonsFor(reasons, name, genre);
        expect([name, genre, found !== null]).toEqual([name, genre, leaning(name, genre) > 0]);
        for (const reason of found ?? []) expect(reason.toLowerCase()).toContain(words.genres[genre]);
      }
    }
  });
});

describe('Arabic', () => {
  it('is in Arabic letters, with Latin ones and percentages only inside isolates', () => {
    for (const text of texts('ar')) {
      const bare = text.replace(ISOLATES, '');
      expect(bare).not.toMatch(/[A-Za-z%\u2068\u2069]/);
    }
    expect(LANGUAGES.ar.apology).toMatch(/^[\u0600-\u06FF\s.]+$/);
  });

  it('uses Western digits throughout', () => {
    for (const text of texts('ar')) expect(text).not.toMatch(/[\u0660-\u0669\u066A]/);
  });
});
