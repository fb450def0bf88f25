import { describe, expect, it } from 'vitest';
import { heading, markdown } from '../../../src/platforms/discord/markdown.ts';
import { joined } from '../../../src/platforms/rich-text.ts';
import { randomNumbers, randomText } from '../../support/telegram-texts.ts';

/** What would mean something if it were not escaped. */
const HOSTILE = [
  '**bold**',
  '*italic*',
  '_italic_',
  '__underlined__',
  '***all***',
  '~~struck~~',
  '||covered||',
  '`code`',
  '``code ` code``',
  '```js\ncode\n```',
  '[masked](https://evil.example)',
  '[masked](<https://evil.example>)',
  'https://evil.example/?a=b_c_d',
  'HTTP://evil.example',
  'steam://run/1',
  '<https://evil.example>',
  '<mailto:a@b.example>',
  '<@1>',
  '<@!1>',
  '<@&1>',
  '<#1>',
  '<t:1>',
  '<t:1:R>',
  '</vibe:1>',
  '<id:customize>',
  '<:x:1>',
  '<a:x:1>',
  ':fire:',
  ':wave::skin-tone-3:',
  ':a:b:',
  '@everyone',
  '@here',
  '# heading',
  '## heading',
  '### heading',
  '-# small',
  '- list',
  '* list',
  '+ list',
  '1. list',
  '12. list',
  '> quote',
  '>>> quote',
  '\\',
  '\\*',
  '\\\\**x**',
  '*',
  '**',
  '_',
  '¯\\_(ツ)_/¯',
];
const HARMLESS = [
  'jazz',
  'R&B',
  'جاز',
  '🎷',
  '3.5 beats',
  '10:30',
  'a - b',
  'C#',
  '(x)',
  '50 %',
  'a/b',
  "it's",
  '',
];

/** As people read it: a backslash before a sign is not shown. */
const unescaped = (marked: string) => marked.replace(/\\([!-/:-@[-`{-~])/g, '$1');
/** Without what is escaped, so that only what Discord would act on is left. */
const acted = (marked: string) => marked.replace(/\\[!-/:-@[-`{-~]/g, '\ue000');

const MARKUP = [
  /[*_~`|]/,
  /[<>]/,
  /\[|\]/,
  /@/,
  /:\/\//,
  /:[^\s:]+:/,
  /^\s*(?:#{1,3}|-#|[-*+]|\d+\.)(?:\s|$)/m,
  /\\/,
];
const markupIn = (marked: string) => MARKUP.filter((one) => one.test(acted(marked)));

const random = randomNumbers(5);
const any = <T>(all: readonly T[]) => all[random(all.length)] as T;
const GLUES = ['', ' ', '\n', '\n\n', '\n  ', ' \n\t', '\r\n'];
const mixtures = Array.from({ length: 400 }, () =>
  Array.from({ length: 1 + random(6) }, () => `${any([...HOSTILE, ...HARMLESS])}${any(GLUES)}`).join(''),
);
const TEXTS = [
  ...HOSTILE.flatMap((one) => [
    one,
    `x ${one} x`,
    `x\n${one}`,
    `x\n  ${one}\n`,
    `\n\n${one}${one}`,
    ` ${one}`,
  ]),
  ...HARMLESS,
  ...mixtures,
  ...Array.from({ length: 100 }, () => randomText(random, 20)),
];

describe('text that came from elsewhere', () => {
  it('is read as it was written and does nothing', () => {
    expect(TEXTS.length).toBeGreaterThan(700);
    for (const text of TEXTS) {
      const { plain, marked } = markdown.plain(text);
      expect(plain).toBe(text);
      expect(unescaped(marked)).toBe(text);
      expect(markupIn(marked), JSON.stringify(text)).toEqual([]);
    }
  });

  it('is as it is where it means nothing', () => {
    for (const text of ['jazz', 'R&B', 'جاز 🎷', '10:30', 'a - b', 'C#', '50 %', 'a/b', "it's", '2024 (x)']) {
      expect(markdown.plain(text).marked).toBe(text);
    }
  });

  it('is bold, and nothing else', () => {
    for (const text of TEXTS) {
      const { plain, marked } = markdown.strong(text);
      expect(plain).toBe(text);
      if (text === '') expect(marked).toBe('');
      else {
        expect(marked.slice(0, 2) + marked.slice(-2)).toBe('****');
        const inner = marked.slice(2, -2);
        expect(unescaped(inner)).toBe(text);
        expect(markupIn(inner), JSON.stringify(text)).toEqual([]);
      }
    }
  });

  it.each([
    ['-# ', markdown.quiet],
    ['## ', heading],
  ])('has every line marked %j, and nothing else', (mark, set) => {
    for (const text of TEXTS) {
      const { plain, marked } = set(text);
      expect(plain).toBe(text);
      const lines = marked === '' ? [] : marked.split('\n');
      for (const line of lines) {
        expect(line.startsWith(mark)).toBe(true);
        expect(markupIn(line.slice(mark.length)), JSON.stringify(text)).toEqual([]);
      }
      // lines with nothing to read are left out: the mark itself would be seen there
      const written = text.split('\n').filter((line) => line.trim() !== '');
      expect(lines.map((line) => unescaped(line.slice(mark.length)))).toEqual(written);
    }
  });

  it('is code, and nothing else', () => {
    for (const text of TEXTS) {
      const { plain, marked } = markdown.code(text);
      expect(plain).toBe(text);
      // nothing is escaped within code, so that what would end it is another sign
      expect(marked).toBe(text && `\`${text.replaceAll('`', 'ˋ')}\``);
      expect(marked.slice(1, -1)).not.toContain('`');
    }
  });

  it('takes no longer the more there is of one sign', { timeout: 5000 }, () => {
    for (const sign of [
      '\n',
      '\r',
      '\u2028',
      ' ',
      ' \n',
      ':',
      'a:',
      '1',
      '1\n',
      '-',
      '\\',
      '`',
      '<@',
      '://',
    ]) {
      const text = sign.repeat(100_000);
      expect(unescaped(markdown.plain(text).marked) === text).toBe(true);
    }
  });

  it('stays so when it is joined with other text', () => {
    for (const text of TEXTS) {
      const both = joined([heading('Jazz'), markdown.quiet(text), markdown.plain(text)], '\n');
      const rest = both.marked.split('\n').slice(1);
      for (const line of rest) expect(markupIn(line.replace(/^-# /, ''))).toEqual([]);
    }
  });
});

describe('Discord’s markdown', () => {
  it.each([
    ['# x', '\\# x'],
    ['-# x', '\\-# x'],
    ['1. x', '1\\. x'],
    ['> x', '\\> x'],
    ['https://a.b', 'https:\\//a.b'],
    ['<@1>', '\\<\\@1\\>'],
    [':fire:', '\\:fire:'],
    ['a\\b', 'a\\\\b'],
  ])('%j becomes %j', (text, marked) => {
    expect(markdown.plain(text).marked).toBe(marked);
  });
});
