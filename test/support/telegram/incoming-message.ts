import type { Chat } from './chat-store.ts';
import { findEntities } from './formatted-text.ts';
import { withoutReply } from './send-methods.ts';
import type { TelegramMessage, TelegramUser } from './telegram-types.ts';
import type { World } from './world.ts';

/** Who sends a message where. */
export interface Sending {
  readonly from: TelegramUser;
  /** The private chat with the sender unless told. */
  readonly chat?: Chat;
  /** Id of the topic. */
  readonly thread?: number;
  /** The message it answers. */
  readonly replyTo?: { readonly message_id: number };
  readonly caption?: string;
  readonly mediaGroupId?: string;
  /** The bot whose inline result it is; true for the bot under test. */
  readonly viaBot?: TelegramUser | true;
  /** Whose message it forwards; true for somebody who hides. */
  readonly forwarded?: TelegramUser | true;
}

/** A message as Telegram makes it when somebody sends this content. */
export function incomingMessage(world: World, sending: Sending, content: object): TelegramMessage {
  const { from, caption, mediaGroupId, viaBot, forwarded } = sending;
  const chat = sending.chat ?? world.chats.privateChat(from);
  const date = Math.floor(Date.now() / 1000);
  const message: TelegramMessage = {
    message_id: world.messages.nextId(chat.id),
    from,
    date,
    chat: chat.chat,
    ...threadFields(world, chat, sending),
    ...(forwarded && { forward_origin: originOf(forwarded, date) }),
    ...(viaBot && { via_bot: viaBot === true ? world.bot : viaBot }),
    ...(mediaGroupId && { media_group_id: mediaGroupId }),
    ...content,
    ...(caption !== undefined && { caption, ...entitiesField('caption_entities', caption) }),
  };
  return world.messages.add(message);
}

/** The entities Telegram finds in what somebody wrote; no field where it finds none. */
export function entitiesField(name: 'entities' | 'caption_entities', text: string): object {
  const entities = findEntities(text);
  return entities.length > 0 ? { [name]: entities } : {};
}

function threadFields(world: World, { id, chat }: Chat, { thread, replyTo }: Sending): object {
  const replied = replyTo && world.messages.look(id, replyTo.message_id)?.raw;
  const reply = replied && { reply_to_message: withoutReply(replied) };
  if (thread !== undefined) {
    // what answers nothing in a topic answers the message that opened the topic
    const opening = world.messages.look(id, thread)?.raw;
    return {
      message_thread_id: thread,
      is_topic_message: true,
      ...(reply ?? (opening && { reply_to_message: opening })),
    };
  }
  // an answer in a supergroup tells its thread, too, though there are no topics to send to
  const isThread = reply && chat.type === 'supergroup' && !chat.is_forum;
  return {
    ...(isThread && { message_thread_id: replied.message_thread_id ?? replied.message_id }),
    ...reply,
  };
}

function originOf(forwarded: TelegramUser | true, date: number): object {
  return forwarded === true
    ? { type: 'hidden_user', date, sender_user_name: 'Somebody' }
    : { type: 'user', date, sender_user: forwarded };
}
