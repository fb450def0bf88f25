import { isRecord } from '../local-server/is-record.ts';
import type { Chat } from './chat-store.ts';
import { checkKeyboard } from './check-keyboard.ts';
import { readCaption, readText } from './formatted-text.ts';
import type { Media } from './message-store.ts';
import type { CallContext, Method, Params } from './method.ts';
import type { FormattedText } from './parse-html.ts';
import { badRequest, violation } from './refusal.ts';
import { resolveDocument } from './resolve-document.ts';
import { resolvePhoto } from './resolve-photo.ts';
import type { TelegramMessage } from './telegram-types.ts';
import type { World } from './world.ts';

const ACTIONS =
  /^(?:typing|upload_(?:photo|video|voice|document|video_note)|record_(?:video|voice|video_note)|choose_sticker|find_location)$/;

/** The methods that post something to a chat. */
export const sendMethods: Readonly<Record<string, Method>> = {
  sendMessage(context) {
    const chat = chatOf(context);
    const text = readText(context.params);
    const post = preparePost(context, chat);
    context.world.countPosts(chat, 1);
    return post({ ...textFields(text), ...previewField(context.params), ...keyboardField(context.params) });
  },

  async sendPhoto(context) {
    const chat = chatOf(context);
    const caption = readCaption(context.params);
    const keyboard = keyboardField(context.params);
    const post = preparePost(context, chat);
    const photo = await resolvePhoto(context.params['photo'], context);
    context.world.countPosts(chat, 1);
    return post({ photo: photo.sizes, ...captionFields(caption), ...keyboard }, { photo: photo.bytes });
  },

  sendDocument(context) {
    const chat = chatOf(context);
    const caption = readCaption(context.params);
    const keyboard = keyboardField(context.params);
    const post = preparePost(context, chat);
    const { content, bytes } = resolveDocument(context.params['document'], context);
    context.world.countPosts(chat, 1);
    return post({ ...content, ...captionFields(caption), ...keyboard }, { document: bytes });
  },

  async sendMediaGroup(context) {
    const chat = chatOf(context);
    const media = context.params['media'] as readonly Params[];
    if (media.length < 2 || media.length > 10)
      throw violation('wrong number of media in an album: it takes 2-10');
    if (media.some(({ type }) => type !== 'photo')) {
      throw violation('this server of the tests knows albums of photos only');
    }
    const post = preparePost(context, chat);
    const captions = media.map(readCaption);
    const photos = await Promise.all(media.map((item) => resolvePhoto(item['media'], context)));
    context.world.countPosts(chat, media.length);
    const group = `${13_000_000_000_000_000 + context.world.log.calls.length}`;
    return photos.map(({ sizes, bytes }, index) =>
      post({ media_group_id: group, photo: sizes, ...captionFields(captions[index]) }, { photo: bytes }),
    );
  },

  sendChatAction(context) {
    chatOf(context);
    if (ACTIONS.test(String(context.params['action']))) return true;
    throw violation('wrong parameter action in request');
  },

  deleteMessage({ params, world }) {
    const chat = world.chats.get(params['chat_id']);
    if (world.messages.delete(chat.id, Number(params['message_id']))) return true;
    throw badRequest('message to delete not found');
  },

  deleteMessages({ params, world }) {
    const chat = world.chats.get(params['chat_id']);
    for (const id of params['message_ids'] as readonly number[]) world.messages.delete(chat.id, id);
    return true;
  },
};

/** The fields of a message with this text. */
export function textFields({ text, entities }: FormattedText): Params {
  return { text, ...(entities.length > 0 && { entities }) };
}

/** The fields of a message with this caption. */
export function captionFields(caption?: FormattedText): Params {
  if (!caption?.text) return {};
  return {
    caption: caption.text,
    ...(caption.entities.length > 0 && { caption_entities: caption.entities }),
  };
}

/** The field of a message with what this call says of previews. */
export function previewField({ link_preview_options }: Params): Params {
  return link_preview_options === undefined ? {} : { link_preview_options };
}

/** The field of a message with the keyboard of this call. */
export function keyboardField(params: Params): Params {
  const keyboard = checkKeyboard(params['reply_markup']);
  return keyboard ? { reply_markup: keyboard } : {};
}

function chatOf({ params, world }: CallContext): Chat {
  return world.chats.getForPosting(params['chat_id'], params['message_thread_id']);
}

function preparePost({ params, world }: CallContext, { id, chat }: Chat) {
  const reply = findReply(params, world, id);
  // a reply goes where its original is, told or not
  const thread =
    params['message_thread_id'] ?? (reply?.is_topic_message ? reply.message_thread_id : undefined);
  return (content: Params, media: Media = {}): TelegramMessage => {
    const message: TelegramMessage = {
      message_id: world.messages.nextId(id),
      date: Math.floor(Date.now() / 1000),
      chat,
      from: world.bot,
      ...(thread !== undefined && { message_thread_id: Number(thread), is_topic_message: true }),
      ...(reply && { reply_to_message: withoutReply(reply) }),
      ...content,
    };
    return world.messages.add(message, { ...media, fromBot: true });
  };
}

function findReply(params: Params, world: World, chatId: number): TelegramMessage | undefined {
  const reply = params['reply_parameters'];
  if (!isRecord(reply)) return undefined;
  const chat = reply['chat_id'] === undefined ? chatId : world.chats.get(reply['chat_id']).id;
  const found = world.messages.find(chat, reply['message_id']);
  if (!found && reply['allow_sending_without_reply'] !== true)
    throw badRequest('message to be replied not found');
  return found?.raw;
}

/** A message as it stands in another one's `reply_to_message`: its own reply is left out. */
export function withoutReply(message: TelegramMessage): TelegramMessage {
  const { reply_to_message: _, ...rest } = message;
  return rest;
}
