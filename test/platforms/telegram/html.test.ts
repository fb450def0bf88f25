import { describe, expect, it } from 'vitest';
import { cutAtWord, joined, plain, tagged } from '../../../src/platforms/telegram/html.ts';
import { parseHtml } from '../../support/telegram/parse-html.ts';
import { LONE_SURROGATE, randomNumbers, randomText } from '../../support/telegram-texts.ts';

describe('HTML for Telegram', () => {
  it('shows every sign as it was written', () => {
    for (const text of ['a & b', '<b>x</b>', '&lt;', '1 < 2 > 0', '"quotes\'', '&amp;amp; &#38;', 'جاز 🎷']) {
      expect(parseHtml(plain(text).html)).toEqual({ text, entities: [] });
      const bold = tagged('b', text);
      expect(bold.plain).toBe(text);
      expect(parseHtml(bold.html)).toEqual({
        text,
        entities: [{ type: 'bold', offset: 0, length: text.length }],
      });
    }
    expect(tagged('i', '')).toEqual({ plain: '', html: '' });
  });

  it('joins what is read and its HTML alike', () => {
    const both = joined([tagged('b', '<1>'), plain('&'), tagged('code', '2')], '\n');
    expect(both.plain).toBe('<1>\n&\n2');
    expect(parseHtml(both.html).text).toBe(both.plain);
  });
});

describe('a text cut to a length', () => {
  it('stays whole where it fits', () => {
    expect(cutAtWord('one two', 7)).toBe('one two');
    expect(cutAtWord('', 0)).toBe('');
  });

  it('ends after a word, if one ends in the last third', () => {
    expect(cutAtWord('one two three four', 15)).toBe('one two three…');
    expect(cutAtWord('موسيقى الجاز الهادئة جدا', 16)).toBe('موسيقى الجاز…');
    expect(cutAtWord(`one ${'x'.repeat(50)}`, 20)).toBe(`one ${'x'.repeat(15)}…`);
  });

  it('leaves no half of a character', () => {
    const saxophones = '🎷'.repeat(20);
    for (let length = 2; length < 40; length += 1) {
      expect(cutAtWord(saxophones, length)).toBe(`${'🎷'.repeat(Math.floor((length - 1) / 2))}…`);
    }
  });

  it('takes no more room than it has', () => {
    const random = randomNumbers(7);
    for (let round = 0; round < 500; round += 1) {
      const text = randomText(random, 1 + random(40));
      const length = random(200);
      const cut = cutAtWord(text, length);
      expect(cut.length).toBeLessThanOrEqual(length);
      expect(cut).not.toMatch(LONE_SURROGATE);
      expect(text.startsWith(cut.replace(/\u2069*…$/, ''))).toBe(true);
    }
  });
});
