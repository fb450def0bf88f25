import type { Incoming } from '../../core/reception.ts';
import { type Call, type Request, refuse } from '../../core/request.ts';
import type { TelegramAddress } from './address.ts';
import { callOf, parseCommand, type SentPicture, type TypedCommand, vibeCall } from './parse-command.ts';
import { pictureOf } from './picture-of.ts';
import type { TelegramMedia, TelegramMessage, TelegramUpdate, TelegramUser } from './update-schema.ts';

export interface TelegramBot {
  readonly id: number;
  readonly username: string;
}

/** Telegram takes answers to a search for about ten seconds. */
const SEARCH_LASTS_MS = 10_000;

/** What an update asks of us; null: nothing. `now` in milliseconds since 1970. */
export function intake(update: TelegramUpdate, bot: TelegramBot, now: number): Incoming | null {
  const request = requestOf(update, bot, now);
  if (!request) return null;
  const { message } = update;
  const album = message?.media_group_id;
  return {
    request,
    key: `telegram:${bot.id}:${update.update_id}`,
    groupKey: album ? `telegram:${message.chat.id}:${album}` : null,
  };
}

function requestOf(update: TelegramUpdate, bot: TelegramBot, now: number): Request | null {
  const { message, callback_query: press, inline_query: search, chosen_inline_result: chosen } = update;
  if (message) return messageRequest(message, bot);
  if (press?.message) {
    return {
      ...origin(press.from, press.message.chat),
      address: addressOf(press.message, null, press.id),
      call: {
        command: 'press',
        data: press.data ?? '',
        messageId: `${press.message.message_id}`,
        pictures: [], // they are had by their file_id
      },
      answerBy: null,
    };
  }
  if (search) {
    return {
      ...origin(search.from, null),
      address: { inlineQueryId: search.id },
      call: { command: 'search', query: search.query },
      answerBy: now + SEARCH_LASTS_MS,
    };
  }
  if (chosen) {
    return {
      ...origin(chosen.from, null),
      address: null,
      call: { command: 'shared', resultId: chosen.result_id },
      answerBy: null,
    };
  }
  return null;
}

function messageRequest(message: TelegramMessage, bot: TelegramBot): Request | null {
  const sender = senderOf(message, bot);
  const call =
    sender && (message.chat.type === 'private' ? privateCall(message, bot) : groupCall(message, bot));
  if (!call) return null;
  return {
    ...origin(sender, message.chat),
    address: addressOf(message, message.message_id, null),
    call,
    answerBy: null,
  };
}

/** Whoever is to be answered: no bot, no channel's automatic post, nothing that was sent out of a search of ours. */
function senderOf(message: TelegramMessage, bot: TelegramBot): TelegramUser | null {
  const { from, sender_chat: inTheNameOf } = message;
  if (message.is_automatic_forward || message.via_bot?.id === bot.id) return null;
  // admins who hide, and people who write as their channel, come as a bot of Telegram's
  if (inTheNameOf) return { id: inTheNameOf.id, is_bot: false };
  return from && !from.is_bot ? from : null;
}

function origin(from: TelegramUser, chat: TelegramMessage['chat'] | null) {
  return {
    platform: 'telegram',
    asker: { id: `${from.id}`, locale: from.language_code ?? null },
    chat: { id: `${chat?.id ?? from.id}`, shared: chat !== null && chat.type !== 'private', community: null },
  } as const;
}

function addressOf(
  message: Pick<TelegramMessage, 'chat' | 'message_thread_id' | 'is_topic_message'>,
  replyTo: number | null,
  callbackId: string | null,
): TelegramAddress {
  // replies in groups without topics have a thread id, too, and nothing can be sent to that
  const threadId = message.is_topic_message ? (message.message_thread_id ?? null) : null;
  return { chatId: message.chat.id, threadId, replyTo, callbackId };
}

/** In a private chat everything is for us. */
function privateCall(message: TelegramMessage, bot: TelegramBot): Call | null {
  const command = parseCommand(message.text ?? message.caption ?? '', bot.username);
  const own = sentPicture(message);
  if (own) return 'refusal' in own ? own.refusal : pictureCall(own, command);
  if (command) return commandCall(command, message, bot) ?? { command: 'help', asked: true };
  // a video of an album: photos of the same album ask by themselves
  if (message.media_group_id) return { command: 'vibe', images: [], why: null, asked: false, spoiler: false };
  if (message.text !== undefined) return { command: 'help', asked: true };
  const { video, video_note, voice, audio, contact, location, poll, dice, story } = message;
  const others = [video, video_note, voice, audio, contact, location, poll, dice, story];
  return others.some((part) => part !== undefined) ? refuse('not-an-image', {}) : null;
}

/** In a group only what is meant for us: our commands, a picture whose caption names us, a reply to us. */
function groupCall(message: TelegramMessage, bot: TelegramBot): Call | null {
  const command = parseCommand(message.text ?? message.caption ?? '', bot.username);
  if (pictureOf(message)) return groupPictureCall(message, command, bot);
  if (command) return commandCall(command, message, bot);
  const replied = message.text !== undefined && repliesTo(message, bot);
  return replied ? { command: 'help', asked: false } : null;
}

function groupPictureCall(
  message: TelegramMessage,
  command: TypedCommand | null,
  bot: TelegramBot,
): Call | null {
  const own = sentPicture(message);
  const asked = saysVibe(message, bot) || mentions(message, bot);
  if (own && 'image' in own) {
    if (asked || repliesTo(message, bot)) return pictureCall(own, command);
    // perhaps another picture of the album asks
    return message.media_group_id ? { ...vibeCall(own, null), asked: false } : null;
  }
  return asked || repliesTo(message, bot) ? (own?.refusal ?? null) : null;
}

type Sent = TelegramMedia & Pick<TelegramMessage, 'from' | 'sender_chat'>;

/** With who sent it, if it was a person: who writes in a chat's name can say neither yes nor no to us. */
function sentPicture(message: Sent): ReturnType<typeof pictureOf> | SentPicture {
  const found = pictureOf(message);
  const { from, sender_chat: inTheNameOf } = message;
  const isPerson = from && !from.is_bot && !inTheNameOf;
  return found && 'image' in found && isPerson ? { ...found, sender: `${from.id}` } : found;
}

/** A picture that came with or without '/vibe rock' as its caption. */
function pictureCall(picture: SentPicture, command: TypedCommand | null): Call {
  const typed = command?.name === 'vibe' ? callOf(command, picture) : null;
  return typed ?? vibeCall(picture, null);
}

/** A command without a picture of its own: /vibe is about the one that it replies to. */
function commandCall(command: TypedCommand, message: TelegramMessage, bot: TelegramBot): Call | null {
  const { reply_to_message: replied, external_reply: quoted } = message;
  const isOurs = replied?.from?.id === bot.id; // a heatmap is no photo
  const found = isOurs ? null : ((replied && sentPicture(replied)) ?? (quoted && pictureOf(quoted)));
  if (command.name === 'vibe' && found && 'refusal' in found) return found.refusal;
  return callOf(command, found && 'image' in found ? found : null);
}

/** /vibe anywhere in the caption. */
function saysVibe(
  { caption = '', caption_entities: entities = [] }: TelegramMessage,
  bot: TelegramBot,
): boolean {
  return entities.some(({ type, offset, length }) => {
    const said = type === 'bot_command' ? caption.slice(offset, offset + length) : '';
    return parseCommand(said, bot.username)?.name === 'vibe';
  });
}

function mentions(
  { caption = '', caption_entities: entities = [] }: TelegramMessage,
  bot: TelegramBot,
): boolean {
  const name = `@${bot.username}`.toLowerCase();
  return entities.some(({ type, offset, length, user }) =>
    type === 'mention'
      ? caption.slice(offset, offset + length).toLowerCase() === name
      : type === 'text_mention' && user?.id === bot.id,
  );
}

function repliesTo({ reply_to_message: replied }: TelegramMessage, bot: TelegramBot): boolean {
  // in a topic, what replies to nothing replies to the topic's first message
  return replied?.from?.id === bot.id && replied.forum_topic_created === undefined;
}
