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

  it('links to the address as it is, whatever is in it', () => {
    const [text, url] = ['R&B "x" <3', 'https://y.t/?a=1&b="><b>'];
    const link = html.link(text, url, true);
    expect(link.plain).toBe(text);
    expect(link.marked).toContain('href="https://y.t/?a=1&amp;b=&quot;&gt;&lt;b&gt;"');
    expect(parseHtml(link.marked)).toMatchObject({ text, entities: [{ type: 'text_link', offset: 0 }] });
  });

  it('joins what is read and its HTML alike', () => {
    const both = joined([html.strong('<1>'), html.plain('&'), html.code('2')], '\n');
    expect(both.plain).toBe('<1>\n&\n2');
    expect(parseHtml(both.marked).text).toBe(both.plain);
  });
});
