import { violation } from './refusal.ts';
import type { InlineButton, InlineKeyboard } from './telegram-types.ts';

const MAX_BUTTONS = 100;
const MAX_IN_ROW = 8;
const MAX_DATA_BYTES = 64;
const MAX_SWITCH_QUERY = 256;
const LOOKS: ReadonlySet<string> = new Set(['text', 'icon_custom_emoji_id', 'style']);

/** Refuses an inline keyboard that Telegram would not show. Other kinds of `reply_markup` pass. */
export function checkKeyboard(markup: unknown): InlineKeyboard | undefined {
  const keyboard = markup as Partial<InlineKeyboard> | undefined;
  const rows = keyboard?.inline_keyboard;
  if (!rows) return undefined;
  if (rows.flat().length > MAX_BUTTONS || rows.some((row) => row.length > MAX_IN_ROW)) {
    throw violation('REPLY_MARKUP_TOO_LONG');
  }
  for (const button of rows.flat()) checkButton(button);
  const shown = rows.filter((row) => row.length > 0);
  return shown.length > 0 ? { inline_keyboard: shown } : undefined;
}

function checkButton(button: InlineButton): void {
  if (button.text.trim() === '') throw cannotParse('the text of a button must be non-empty');
  const actions = Object.keys(button).filter((key) => !LOOKS.has(key) && button[key] !== undefined);
  if (actions.length === 0) throw cannotParse('Text buttons are unallowed in the inline keyboard');
  if (actions.length > 1)
    throw cannotParse(`button "${button.text}" has more than one action: ${actions.join(', ')}`);
  const { callback_data: data, url } = button;
  if (data !== undefined && (data === '' || Buffer.byteLength(data) > MAX_DATA_BYTES)) {
    throw violation('BUTTON_DATA_INVALID');
  }
  if (url !== undefined && !/^(?:https?|tg):\/\/[^\s/]+/i.test(url)) {
    throw violation(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  }
  for (const query of [button.switch_inline_query, button.switch_inline_query_current_chat]) {
    if (query !== undefined && query.length > MAX_SWITCH_QUERY)
      throw violation('BUTTON_SWITCH_QUERY_INVALID');
  }
}

function cannotParse(why: string): Error {
  return violation(`can't parse inline keyboard button: ${why}`);
}
