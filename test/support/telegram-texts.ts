/** Texts of every kind that may reach a message, the same for the same seed. */

const WORDS: readonly string[] = [
  'jazz',
  'a',
  'Rhythm & blues',
  '<b>bold</b>',
  '&amp;',
  '1 < 2 > 0',
  '"quoted"',
  'جاز',
  'الموسيقى الكلاسيكية',
  '🎷',
  '👩‍👩‍👧‍👦',
  '𝄞𝄢',
  '\u2067راقص\u2069',
  'x'.repeat(60),
  'line\nbreak',
  '</i>',
];

/** Whole numbers from 0 up to the limit, without it. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Some words, as many as told. */
export function randomText(random: (limit: number) => number, words: number): string {
  return Array.from({ length: words }, () => WORDS[random(WORDS.length)] ?? '').join(' ');
}

/** Half of a character that takes two units. */
export const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
