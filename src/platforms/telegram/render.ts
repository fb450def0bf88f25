import type { Encode } from '../../core/action.ts';
import type { Button, Card, FileBlock, Finds, ImageContent, MenuButton } from '../../core/card.ts';
import { LANGUAGES } from '../../languages/languages.ts';
import { paragraphsOf, songsOf } from '../card-paragraphs.ts';
import { fitParagraphs, messageOf, type Paragraph } from '../fit-paragraphs.ts';
import { html } from './html.ts';

/** Limits after parsing, in UTF-16 units: https://core.telegram.org/bots/api#sendphoto, #senddocument and #sendmessage. */
const CAPTION_LIMIT = 1024;
const TEXT_LIMIT = 4096;
const GAP = '\n\n';
/** Between songs. */
const LINE = '\n';

/** A card as Telegram shows it: a photo or a file with a caption, or a text; all in HTML parse mode. */
export interface TelegramCard {
  readonly text: string;
  /** The same in the room that there is under a photo or a file. */
  readonly caption: string;
  readonly image: {
    readonly name: string;
    readonly content: ImageContent;
    readonly spoiler: boolean;
  } | null;
  readonly file: FileBlock | null;
  readonly keyboard: InlineKeyboard | null;
  /** The link whose preview plays, of a text. */
  readonly previewUrl: string | null;
}

export interface InlineKeyboard {
  readonly inline_keyboard: readonly (readonly InlineButton[])[];
}

type InlineButton = { readonly text: string } & (
  | { readonly url: string }
  | { readonly callback_data: string }
  | { readonly switch_inline_query_chosen_chat: Readonly<Record<string, string | boolean>> }
);

/**
 * Pure. Telegram has no place for an alt text; it is left out of the caption, whose first line is what notifications and
 * screen readers begin with: the genre. What the alt text would say stands in the caption's heatmap paragraph.
 */
export function renderCard(card: Card, encode: Encode): TelegramCard {
  const image = card.blocks.find((block) => block.kind === 'image');
  return {
    text: htmlOf(card, TEXT_LIMIT),
    caption: htmlOf(card, CAPTION_LIMIT),
    image: image ? { name: image.fileName, content: image.content, spoiler: image.spoiler } : null,
    file: card.blocks.find((block) => block.kind === 'file') ?? null,
    keyboard: keyboardOf(card, encode),
    previewUrl: songsOf(card)?.[0]?.url ?? null,
  };
}

function htmlOf(card: Card, limit: number): string {
  const { direction } = LANGUAGES[card.language];
  const title: Paragraph = { rich: html.strong(card.title), weight: 'fixed', heading: null };
  const paragraphs = card.blocks.flatMap((block) => paragraphsOf(block, direction, html));
  const gap = songsOf(card) ? LINE : GAP;
  const room = { limit, counted: 'plain', gap, markup: html } as const;
  return messageOf(fitParagraphs([title, ...paragraphs], room), gap).marked;
}

function keyboardOf({ blocks, buttons }: Card, encode: Encode): InlineKeyboard | null {
  const links = blocks.flatMap((block) => (block.kind === 'links' ? [block.links] : []));
  const rows = [
    ...links.map((row) => row.map(({ label, url }): InlineButton => ({ text: label, url }))),
    ...buttons.flatMap((row) => openMenus(row)).map((row) => row.map((button) => buttonOf(button, encode))),
  ].filter(({ length }) => length > 0);
  return rows.length > 0 ? { inline_keyboard: rows } : null;
}

/** An open menu is rows of its options. */
function openMenus(row: readonly Button[]): (readonly Button[])[] {
  const menu = row.find((button): button is MenuButton => button.kind === 'menu' && button.isOpen);
  return menu ? pairs(menu.options) : [row];
}

function pairs<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / 2) }, (_, row) => items.slice(row * 2, row * 2 + 2));
}

function buttonOf(button: Button, encode: Encode): InlineButton {
  if (button.kind === 'menu') return { text: button.label, callback_data: encode(button.open) };
  if (button.kind === 'action') return { text: button.label, callback_data: encode(button.action) };
  const chats = { allow_user_chats: true, allow_group_chats: true, allow_channel_chats: true };
  return { text: button.label, switch_inline_query_chosen_chat: { query: button.resultId, ...chats } };
}

/** What answerInlineQuery takes: results that Telegram has the photo of as that photo, others as a text. */
export function renderFinds({ finds, hint }: Finds, encode: Encode): Readonly<Record<string, unknown>> {
  const results = finds.map(({ id, description, card }) => {
    const { text, caption, image, keyboard } = renderCard(card, encode);
    const common = {
      id,
      title: card.title,
      description,
      ...(keyboard && { reply_markup: keyboard }),
    };
    // what is sent by its file_id cannot be covered
    if (image?.content.kind === 'stored' && !image.spoiler) {
      const photo = { photo_file_id: image.content.reference, caption, parse_mode: 'HTML' };
      return { type: 'photo', ...common, ...photo };
    }
    const content = { message_text: text, parse_mode: 'HTML', link_preview_options: { is_disabled: true } };
    return { type: 'article', ...common, input_message_content: content };
  });
  // 0: the latest result is not yet there a minute before it is
  return { results, is_personal: true, cache_time: 0, button: { text: hint, start_parameter: 'search' } };
}
