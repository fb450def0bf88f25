import { type FormattedText, parseHtml } from './parse-html.ts';
import { violation } from './refusal.ts';
import type { TelegramEntity } from './telegram-types.ts';

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;
const PLAIN: FormattedText = { text: '', entities: [] };

/** Parameters of a call, or an object inside them, that carry a text or a caption. */
type Carrier = Readonly<Record<string, unknown>>;

/** The text of a message to send: as people will see it, within Telegram's limits. */
export function readText(carrier: Carrier, key = 'text'): FormattedText {
  const formatted = read(carrier, key, 'entities');
  if (formatted.text === '') throw violation('message text is empty');
  if (formatted.text.length > MAX_TEXT) throw violation('message is too long');
  return formatted;
}

/** The caption of a media message; empty where there is none. */
export function readCaption(carrier: Carrier): FormattedText {
  const formatted = read(carrier, 'caption', 'caption_entities');
  if (formatted.text.length > MAX_CAPTION) throw violation('message caption is too long');
  return formatted;
}

function read(carrier: Carrier, key: string, entitiesKey: string): FormattedText {
  const text = carrier[key];
  if (typeof text !== 'string') return PLAIN;
  const mode = carrier['parse_mode'];
  if (mode === undefined || mode === '') {
    return trim({ text, entities: (carrier[entitiesKey] as readonly TelegramEntity[] | undefined) ?? [] });
  }
  if (typeof mode !== 'string' || mode.toLowerCase() !== 'html') {
    throw violation(`unsupported parse_mode ${String(mode)}: this server of the tests reads HTML only`);
  }
  return trim(parseHtml(text));
}

// Telegram cuts white space off at both ends and moves the entities along.
function trim({ text, entities }: FormattedText): FormattedText {
  const trimmed = text.trim();
  const cut = text.length - text.trimStart().length;
  const moved = entities.flatMap((entity) => {
    const start = Math.max(entity.offset - cut, 0);
    const end = Math.min(entity.offset - cut + entity.length, trimmed.length);
    return end > start ? [{ ...entity, offset: start, length: end - start }] : [];
  });
  return { text: trimmed, entities: moved };
}

const FOUND: readonly (readonly [string, RegExp])[] = [
  ['bot_command', /(?<![\w/@])\/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?/g],
  ['mention', /(?<![\w/])@[a-zA-Z]\w{3,31}/g],
  ['url', /\bhttps?:\/\/[^\s<>"]+/g],
  ['hashtag', /(?<![\w#])#[\p{L}\w]+/gu],
];

/** What Telegram finds by itself in a text somebody wrote: commands, mentions, addresses, hashtags. */
export function findEntities(text: string): TelegramEntity[] {
  return FOUND.flatMap(([type, pattern]) =>
    [...text.matchAll(pattern)].map(({ index, 0: match }) => ({ type, offset: index, length: match.length })),
  ).toSorted((one, other) => one.offset - other.offset);
}
