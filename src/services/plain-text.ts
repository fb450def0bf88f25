const MARKDOWN_LINK = /!?\[([^\]]*)\]\([^)]*\)/g;
const TAG = /<\/?[a-z!:][^>]*>/gi;
const ADDRESS = /\b[a-z][a-z\d+.-]*:\/\/\S+|\b(?:www\.|mailto:|tel:)\S+/gi;
/** Whatever its ending: chats make links of bare domains. */
const DOMAIN = /\b(?:[a-z\d-]+\.)+[a-z]{2,}\b(?:[/:?#]\S*)?/gi;
/** Chats make links of these: @name, name@host, /command, #tag. */
const MENTION = /\S*@\S*/g;
const COMMAND = /(?<![\p{L}\p{N}/])\/+(?=\w)/gu;
const MARKS = /[*_`~#<>|\\]+/g;
/** At the beginning of a line: the sign or the number of an item. */
const ITEM = /^[ \t]*(?:[-*+•–]|\d{1,2}[.)])[ \t]+/gm;
/** Control characters, and those that turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Far more than is shown; the patterns are slow with very long texts. */
const MAX_LENGTH = 2000;

/** Without markup, links and anything else that a chat would make a link of; on one line. */
export function plainText(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replace(ITEM, '')
    .replace(INVISIBLE, ' ')
    .replace(MARKDOWN_LINK, '$1')
    .replace(TAG, ' ')
    .replace(MARKS, '')
    .replace(ADDRESS, ' ')
    .replace(MENTION, ' ')
    .replace(DOMAIN, ' ')
    .replace(COMMAND, '')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?،؛؟])(?=\s|$)/g, '$1') // and no further: 'evil .com' must not become whole
    .trim();
}
