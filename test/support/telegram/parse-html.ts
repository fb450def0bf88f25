import { violation } from './refusal.ts';
import type { TelegramEntity } from './telegram-types.ts';

/** Text as people see it, and what stands out in it. Offsets and lengths count UTF-16 units. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly TelegramEntity[];
}

interface OpenTag {
  readonly name: string;
  readonly at: number;
  readonly attributes: Readonly<Record<string, string>>;
}

const SIMPLE: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
};
const OTHERS = new Set(['a', 'blockquote', 'tg-emoji']);
const TAG = /^<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>/;
const ATTRIBUTE = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const CHARACTER = /&(?:(lt|gt|amp|quot)|#(?:x([0-9a-f]+)|(\d+)));/gi;

/** Parses Telegram's HTML. Throws a `Refusal` for anything Telegram does not take. */
export function parseHtml(html: string): FormattedText {
  const entities: TelegramEntity[] = [];
  const open: OpenTag[] = [];
  let text = '';
  let position = 0;
  while (position < html.length) {
    if (html[position] !== '<') {
      const next = html.indexOf('<', position);
      const end = next === -1 ? html.length : next;
      text += decode(html.slice(position, end));
      position = end;
      continue;
    }
    const tag = TAG.exec(html.slice(position));
    const where = `at byte offset ${Buffer.byteLength(html.slice(0, position))}`;
    if (!tag)
      throw cannotParse(
        `Unsupported start tag "${/^<([\w-]*)/.exec(html.slice(position))?.[1] ?? ''}" ${where}`,
      );
    const name = (tag[2] ?? '').toLowerCase();
    if (tag[1] === '/') entities.push(...close(open, name, text, where));
    else open.push({ name, at: text.length, attributes: readAttributes(name, tag[3] ?? '', where) });
    position += tag[0].length;
  }
  const last = open.at(-1);
  if (last) throw cannotParse(`Can't find end tag corresponding to start tag "${last.name}"`);
  return { text, entities: mergePre(entities.toSorted(byPlace)) };
}

function close(open: OpenTag[], name: string, text: string, where: string): TelegramEntity[] {
  const tag = open.pop();
  if (!tag) throw cannotParse(`Unexpected end tag ${where}`);
  if (tag.name !== name)
    throw cannotParse(`Unmatched end tag ${where}, expected "</${tag.name}>", found "</${name}>"`);
  const length = text.length - tag.at;
  const kind = length > 0 ? kindOf(tag, text.slice(tag.at)) : undefined;
  return kind ? [{ ...kind, offset: tag.at, length }] : [];
}

function kindOf(
  { name, attributes }: OpenTag,
  inside: string,
): Omit<TelegramEntity, 'offset' | 'length'> | undefined {
  if (name === 'a') return linkTo(attributes['href'] ?? inside);
  if (name === 'tg-emoji') return { type: 'custom_emoji', custom_emoji_id: attributes['emoji-id'] ?? '' };
  if (name === 'blockquote')
    return { type: 'expandable' in attributes ? 'expandable_blockquote' : 'blockquote' };
  const language = name === 'code' ? attributes['class']?.replace('language-', '') : undefined;
  return { type: SIMPLE[name] ?? name, ...(language && { language }) };
}

// Telegram leaves the text of a link that leads nowhere, and drops the link.
function linkTo(address: string): Omit<TelegramEntity, 'offset' | 'length'> | undefined {
  const user = /^tg:\/\/user\?id=(\d+)$/.exec(address)?.[1];
  if (user)
    return { type: 'text_mention', user: { id: Number(user), is_bot: false, first_name: 'Somebody' } };
  const url = /^[a-z]+:/i.test(address) ? address : `http://${address}`;
  return /^(?:https?|tg|ton|tonsite):\/\/[^\s/]+/i.test(url) && URL.canParse(url)
    ? { type: 'text_link', url: new URL(url).href }
    : undefined;
}

function readAttributes(name: string, text: string, where: string): Record<string, string> {
  if (!(Object.hasOwn(SIMPLE, name) || OTHERS.has(name))) {
    throw cannotParse(`Unsupported start tag "${name}" ${where}`);
  }
  const attributes: Record<string, string> = {};
  for (const [, key = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    attributes[key.toLowerCase()] = decode(double ?? single ?? bare ?? '');
  }
  if (name === 'span' && attributes['class'] !== 'tg-spoiler') {
    throw cannotParse(`Tag "span" must have class "tg-spoiler" ${where}`);
  }
  if (name === 'tg-emoji' && !attributes['emoji-id']) {
    throw cannotParse(`Tag "tg-emoji" must have attribute "emoji-id" ${where}`);
  }
  return attributes;
}

function decode(text: string): string {
  return text.replace(CHARACTER, (whole, name?: string, hex?: string, decimal?: string) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

// <pre><code class="language-x"> is one entity that knows its language
function mergePre(entities: readonly TelegramEntity[]): TelegramEntity[] {
  const samePlace = (one: TelegramEntity, other: TelegramEntity) =>
    one.offset === other.offset && one.length === other.length;
  return entities.flatMap((entity) => {
    const { language, ...rest } = entity;
    if (entity.type === 'pre') {
      const code = entities.find(
        (other) => other.type === 'code' && other.language && samePlace(other, entity),
      );
      return [code?.language ? { ...entity, language: code.language } : entity];
    }
    if (entity.type !== 'code') return [entity];
    const isInPre = entities.some((other) => other.type === 'pre' && samePlace(other, entity));
    return isInPre ? [] : [rest];
  });
}

function byPlace(one: TelegramEntity, other: TelegramEntity): number {
  return one.offset - other.offset || other.length - one.length;
}

function cannotParse(why: string): Error {
  return violation(`can't parse entities: ${why}`);
}
