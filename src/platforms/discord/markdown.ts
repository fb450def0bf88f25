import type { Markup, Rich } from '../rich-text.ts';

/** Discord's markdown, in which a backslash takes any sign its meaning; what it writes is what its limits count. */
export const markdown: Markup = {
  plain: (text) => ({ plain: text, marked: withEscapes(text) }),
  strong: (text) => ({ plain: text, marked: text && `**${withEscapes(text)}**` }),
  quiet: (text) => ({ plain: text, marked: ofLines(text, '-# ') }),
  code: (text) => ({ plain: text, marked: text && `\`${text.replaceAll('`', 'ˋ')}\`` }),
  foreign: (text) => markdown.plain(text),
  // what stands in < > is not embedded: https://support.discord.com/hc/en-us/articles/210298617
  link: (text, url, previewed) => ({
    plain: text,
    marked: `[${asLabel(text)}](${previewed ? addressOf(url) : `<${addressOf(url)}>`})`,
  }),
};

/** The biggest letters that a message has. */
export function heading(text: string): Rich {
  return { plain: text, marked: ofLines(text, '## ') };
}

/** For signs that would mean something: https://github.com/discord/discord-api-docs/issues/6185, none can be escaped there. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '[': '(',
  ']': ')',
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '|': '∣',
  '`': 'ˋ',
  '<': '‹',
  '>': '›',
  '@': '＠',
  '\\': '∖',
};

/** Of one that has an address in it nothing becomes a link. */
function asLabel(text: string): string {
  const label = text
    .replace(/\w*:\/\//g, '')
    .replace(/(\.\p{L}{2,})\//gu, '$1 /')
    .replace(/:(?=[^\s:]*:)/g, '∶')
    .replace(/[[\]*_~|`<>@\\]/g, (sign) => LOOK_ALIKES[sign] ?? sign);
  return /[^\s\u2066-\u2069]/.test(label) ? label : '♪'; // nothing in brackets is no link
}

function addressOf(url: string): string {
  return new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29');
}

function ofLines(text: string, mark: string): string {
  // a mark before nothing would be read as it is
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => `${mark}${withEscapes(line)}`).join('\n');
}

/** Emphasis, code, spoilers, links, mentions, emoji and times; at a line's start also headings, lists and quotes. */
function withEscapes(text: string): string {
  return (
    text
      .replace(/[\\*_~`|<>@[\]]|:(?=[^\s:]*:)/g, '\\$&')
      .replace(/:\/\//g, ':\\//')
      // no gap goes beyond its line: many empty lines would take for ever
      .replace(/^([^\S\r\n\u2028\u2029]*)([-+#]|\d+(?=[.)]))/gm, (_, gap: string, mark: string) =>
        /\d/.test(mark) ? `${gap}${mark}\\` : `${gap}\\${mark}`,
      )
  );
}
