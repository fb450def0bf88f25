import { describe, expect, it } from 'vitest';
import { cutAtWord } from '../../src/platforms/rich-text.ts';
import { LONE_SURROGATE, randomNumbers, randomText } from '../support/telegram-texts.ts';

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
