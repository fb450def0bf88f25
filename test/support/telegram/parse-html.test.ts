import { expect, test } from 'vitest';
import { parseHtml } from './parse-html.ts';

test('tags become entities, counted in UTF-16 units', () => {
  const html =
    '🎷<strong>a</strong><em>b</em><s>c</s><code>d</code><tg-spoiler>e</tg-spoiler><span class="tg-spoiler">f</span>';
  const { text, entities } = parseHtml(html);
  expect(text).toBe('🎷abcdef');
  expect(entities).toEqual(
    ['bold', 'italic', 'strikethrough', 'code', 'spoiler', 'spoiler'].map((type, at) => ({
      type,
      offset: 2 + at,
      length: 1,
    })),
  );
});

test('links, quotes, code with a language, one inside the other', () => {
  expect(
    parseHtml(
      '<a href="https://example.org/?a=1&amp;b=2">l<b>k</b></a><blockquote expandable>q</blockquote><pre><code class="language-ts">x</code></pre><a href="nowhere at all">n</a>',
    ),
  ).toEqual({
    text: 'lkqxn',
    entities: [
      { type: 'text_link', url: 'https://example.org/?a=1&b=2', offset: 0, length: 2 },
      { type: 'bold', offset: 1, length: 1 },
      { type: 'expandable_blockquote', offset: 2, length: 1 },
      { type: 'pre', language: 'ts', offset: 3, length: 1 },
    ],
  });
});

test.each([
  ['&lt;b&gt; &amp;amp; &quot;', '<b> &amp; "'],
  ['&#60;&#x1F3B5;', '<🎵'],
  ['R&B &nbsp; &unknown; a > b', 'R&B &nbsp; &unknown; a > b'],
])('characters: %s', (html, text) => {
  expect(parseHtml(html)).toEqual({ text, entities: [] });
});

test.each([
  ['ä < b', 'Unsupported start tag "" at byte offset 3'],
  ['<h1>x</h1>', 'Unsupported start tag "h1" at byte offset 0'],
  ['<br>', 'Unsupported start tag "br"'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler"'],
  ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
  ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
  ['x</b>', 'Unexpected end tag at byte offset 1'],
])('refused: %s', (html, problem) => {
  expect(() => parseHtml(html)).toThrow(`Bad Request: can't parse entities: ${problem}`);
});
