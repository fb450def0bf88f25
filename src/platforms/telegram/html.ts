import type { Markup, Rich } from '../rich-text.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Telegram's HTML parse mode; the length of what people read, in UTF-16 units, is what its limits count. */
export const html: Markup = {
  plain: (text) => ({ plain: text, marked: withEntities(text) }),
  strong: (text) => tagged('b', text),
  quiet: (text) => tagged('i', text),
  code: (text) => tagged('code', text),
  foreign: (text) => html.plain(withoutLinks(text)),
  // in a link Telegram looks for no others
  link: (text, url) => ({ plain: text, marked: `<a href="${inQuotes(url)}">${withEntities(text)}</a>` }),
};

function tagged(tag: string, text: string): Rich {
  return { plain: text, marked: text && `<${tag}>${withEntities(text)}</${tag}>` };
}

function withEntities(text: string): string {
  return text.replace(/[&<>]/g, escaped);
}

function inQuotes(text: string): string {
  return text.replace(/[&<>"]/g, escaped);
}

function escaped(sign: string): string {
  return ESCAPES[sign] ?? sign;
}

const WORD_JOINER = '\u2060';

/** What Telegram finds by itself is broken where nobody sees it: mentions, tags, commands, addresses. */
function withoutLinks(text: string): string {
  return text.replace(/[@#$/.](?=\S)/g, `$&${WORD_JOINER}`);
}
