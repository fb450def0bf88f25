import { isRecord } from '../local-server/is-record.ts';
import { readCaption, readText } from './formatted-text.ts';
import type { SeenMessage } from './message-store.ts';
import { captionFields, textFields } from './send-methods.ts';
import type { CallbackQuery, InlineKeyboard, TelegramMessage, TelegramUser } from './telegram-types.ts';
import type { World } from './world.ts';

/** A message with buttons: one sent by the bot, or the id of one sent inline. */
export type Pressable = SentMessage | SeenMessage | { readonly inlineMessageId: string };

interface SentMessage {
  readonly message_id: number;
  readonly chat: { readonly id: number };
}

export interface PressOptions {
  readonly forged?: boolean;
}

/** The callback query of a press. */
export function pressButton(
  world: World,
  target: Pressable,
  button: string,
  from: TelegramUser,
  { forged = false }: PressOptions,
): { readonly callback_query: CallbackQuery & { readonly chat_instance: string } } {
  const message = isInline(target) ? world.messages.inline(target.inlineMessageId) : lookUp(world, target);
  if (!message) throw new Error('there is no such message to press a button of');
  const data = forged ? button : dataOf(message, button);
  const callback_query = {
    id: world.queries.issue(),
    from,
    ...(isInline(target) ? { inline_message_id: target.inlineMessageId } : { message: asShown(message) }),
    chat_instance: `${message.chatId}`,
    data,
  };
  return { callback_query };
}

// Of a message that is gone, Telegram tells no more than where it was.
function asShown({ raw, deleted }: SeenMessage): TelegramMessage {
  return deleted ? { chat: raw.chat, message_id: raw.message_id, date: 0 } : raw;
}

function isInline(target: Pressable): target is { readonly inlineMessageId: string } {
  return 'inlineMessageId' in target;
}

function lookUp(world: World, target: SentMessage | SeenMessage): SeenMessage | undefined {
  return 'message_id' in target
    ? world.messages.look(target.chat.id, target.message_id)
    : world.messages.look(target.chatId, target.id);
}

function dataOf({ keyboard }: SeenMessage, button: string): string {
  const buttons = keyboard.flat();
  const found =
    buttons.find(({ text }) => text === button) ??
    buttons.find(({ callback_data }) => callback_data === button);
  if (found?.callback_data !== undefined) return found.callback_data;
  const there = buttons
    .map(({ text, callback_data }) => `"${text}" (${callback_data ?? 'no data'})`)
    .join(', ');
  throw new Error(`no button "${button}" to press; there are: ${there || 'none'}`);
}

/** The update Telegram sends when somebody has picked a result. */
export function chooseResult(world: World, from: TelegramUser, resultId: string, query: string) {
  const result = world.inlineResults.get(resultId);
  if (!result) {
    throw new Error(
      `no result "${resultId}" to choose; there are: ${[...world.inlineResults.keys()].join(', ') || 'none'}`,
    );
  }
  const keyboard = result['reply_markup'] as InlineKeyboard | undefined;
  const inlineId = keyboard && `inline-${world.queries.issue()}`;
  if (inlineId) world.messages.addInline(inlineId, inlineMessage(world, result, from, keyboard));
  return {
    chosen_inline_result: {
      result_id: resultId,
      from,
      query,
      ...(inlineId && { inline_message_id: inlineId }),
    },
  };
}

function inlineMessage(
  world: World,
  result: Readonly<Record<string, unknown>>,
  from: TelegramUser,
  keyboard: InlineKeyboard,
): TelegramMessage {
  const photo = world.files.find(result['photo_file_id'])?.photo;
  const content = result['input_message_content'];
  const isText = isRecord(content) && 'message_text' in content;
  return {
    message_id: 0,
    date: Math.floor(Date.now() / 1000),
    chat: { id: from.id, type: 'private', first_name: from.first_name },
    from,
    via_bot: world.bot,
    ...(isText ? textFields(readText(content, 'message_text')) : captionFields(readCaption(result))),
    ...(photo && { photo }),
    reply_markup: keyboard,
  };
}
