import { describe, expect, it } from 'vitest';
import { joined } from '../../../src/platforms/rich-text.ts';
import { html } from '../../../src/platforms/telegram/html.ts';
import { parseHtml } from '../../support/telegram/parse-html.ts';

describe('HTML for Telegram', () => {
  it('shows every sign as it was written', () => {
    for (const text of ['a & b', '<b>x</b>', '&lt;', '1 < 2 > 0', '"quotes\'', '&amp;amp; &#38;', 'جاز 🎷']) {
      expect(parseHtml(html.plain(text).marked)).toEqual({ text, entities: [] });
      const bold = html.strong(text);
      expect(bold.plain).toBe(text);
      expect(parseHtml(bold.marked)).toEqual({
        text,
        entities: [{ type: 'bold', offset: 0, length: text.length }],
      });
    }
    expect(html.quiet('')).toEqual({ plain: '', marked: '' });
  });

  it('joins what is read and its HTML alike', () => {
    const both = joined([html.strong('<1>'), html.plain('&'), html.code('2')], '\n');
    expect(both.plain).toBe('<1>\n&\n2');
    expect(parseHtml(both.marked).text).toBe(both.plain);
  });
});
