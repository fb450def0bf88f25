import { LANGUAGES } from '../languages/languages.ts';
import { GENRES, type Genre } from './genre.ts';
import { REGIONS, type Region } from './playlist.ts';
import { LANGUAGE_CODES, type Language } from './types.ts';

/** Other ways to say it, folded. */
const OTHER_NAMES: Readonly<Record<Genre | Region | Language, readonly string[]>> = {
  classical: ['classic', 'كلاسيك', 'كلاسيكيه'],
  electronic: ['electro', 'edm', 'techno', 'الكترونيه', 'الكترونيك'],
  jazz: [],
  pop: [],
  rock: [],
  global: ['world', 'عالميه'],
  khaleeji: ['khaliji', 'gulf', 'arabic', 'خليجيه', 'عربي'],
  en: ['english', 'الانجليزيه', 'انجليزي', 'انجليزيه', 'الانكليزيه'],
  ar: ['arabic', 'عربي', 'عربيه'],
};

/** Small letters; Arabic without its vowel signs and article, and one form of each letter that is typed in several. */
function fold(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640\u2066-\u2069]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/ة/g, 'ه')
    .replace(/ى/g, 'ي')
    .replace(/^(?:ال)+(?=...)/, ''); // one word begins with these letters itself: إلكتروني
}

/** A genre by its name in any of our languages; null when it is none. */
export function parseGenre(word: string): Genre | null {
  return named(word, GENRES, (genre) => Object.values(LANGUAGES).map(({ genres }) => genres[genre]));
}

export function parseRegion(word: string): Region | null {
  return named(word, REGIONS, (region) => Object.values(LANGUAGES).map(({ regions }) => regions[region]));
}

export function parseLanguage(word: string): Language | null {
  return named(word, LANGUAGE_CODES, (language) => [LANGUAGES[language].name]);
}

function named<Name extends Genre | Region | Language>(
  word: string,
  names: readonly Name[],
  inWords: (name: Name) => readonly string[],
): Name | null {
  const folded = fold(word);
  const matches = (name: Name) =>
    [name, ...inWords(name), ...OTHER_NAMES[name]].some((each) => fold(each) === folded);
  return names.find(matches) ?? null;
}
