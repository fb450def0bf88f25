import type { Markup, Rich } from '../rich-text.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Telegram's HTML parse mode; the length of what people read, in UTF-16 units, is what its limits count. */
export const html: Markup = {
  plain: (text) => ({ plain: text, marked: withEntities(text) }),
  strong: (text) => tagged('b', text),
  quiet: (text) => tagged('i', text),
  code: (text) => tagged('code', text),
};

function tagged(tag: string, text: string): Rich {
  return { plain: text, marked: text && `<${tag}>${withEntities(text)}</${tag}>` };
}

function withEntities(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
}
