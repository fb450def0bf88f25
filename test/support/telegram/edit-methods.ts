import { isDeepStrictEqual } from 'node:util';
import { readCaption, readText } from './formatted-text.ts';
import type { Media, SeenMessage } from './message-store.ts';
import type { CallContext, Method, Params } from './method.ts';
import { badRequest, violation } from './refusal.ts';
import { resolveDocument } from './resolve-document.ts';
import { resolvePhoto } from './resolve-photo.ts';
import { captionFields, keyboardField, previewField, textFields } from './send-methods.ts';
import type { TelegramMessage } from './telegram-types.ts';

const CONTENT = [
  ...['text', 'entities', 'link_preview_options'],
  ...['caption', 'caption_entities', 'photo', 'document', 'reply_markup'],
] as const;
const SAME =
  'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
  'content and reply markup of the message';

interface Target {
  readonly message: SeenMessage;
  readonly inlineId: string | undefined;
}

/** The methods that change a message. As with Telegram, one without `reply_markup` takes the keyboard away. */
export const editMethods: Readonly<Record<string, Method>> = {
  editMessageText(context) {
    const text = readText(context.params);
    const keyboard = keyboardField(context.params);
    const target = findTarget(context);
    if (target.message.raw.text === undefined) throw badRequest('there is no text in the message to edit');
    const content = { ...textFields(text), ...previewField(context.params), ...keyboard };
    return replace(context, target, content, target.message);
  },

  editMessageCaption(context) {
    const caption = readCaption(context.params);
    const keyboard = keyboardField(context.params);
    const target = findTarget(context);
    const { photo, document, text } = target.message.raw;
    if (text !== undefined) throw badRequest('there is no caption in the message to edit');
    const content = { photo, document, ...captionFields(caption), ...keyboard };
    return replace(context, target, content, target.message);
  },

  async editMessageMedia(context) {
    const media = context.params['media'] as Params;
    const caption = readCaption(media);
    const keyboard = keyboardField(context.params);
    const { inlineId } = findTarget(context);
    if (inlineId !== undefined && context.files.length > 0) {
      throw violation("can't upload a new file to an inline message: use a file_id or a URL");
    }
    const { content, shown } = await resolveMedia(media, context);
    // the message may have changed while the photo was read
    const target = findTarget(context);
    return replace(context, target, { ...content, ...captionFields(caption), ...keyboard }, shown);
  },

  editMessageReplyMarkup(context) {
    const keyboard = keyboardField(context.params);
    const target = findTarget(context);
    const { reply_markup: _, ...rest } = contentOf(target.message.raw);
    return replace(context, target, { ...rest, ...keyboard }, target.message);
  },
};

/** The fields of a message with this media, and the bytes of it. */
async function resolveMedia(
  { type, media }: Params,
  context: CallContext,
): Promise<{ readonly content: object; readonly shown: Media }> {
  if (type === 'photo') {
    const { sizes, bytes } = await resolvePhoto(media, context);
    return { content: { photo: sizes }, shown: { photo: bytes } };
  }
  if (type !== 'document') throw violation('this server of the tests edits photos and documents only');
  const { content, bytes } = resolveDocument(media, context);
  return { content, shown: { document: bytes } };
}

function findTarget({ params, world }: CallContext): Target {
  const inlineId = params['inline_message_id'];
  if (inlineId !== undefined) {
    const message = world.messages.inline(inlineId);
    if (!message) throw badRequest('MESSAGE_ID_INVALID');
    return { message, inlineId: String(inlineId) };
  }
  if (params['chat_id'] === undefined || params['message_id'] === undefined) {
    throw violation('message identifier is not specified');
  }
  const chat = world.chats.get(params['chat_id']);
  const message = world.messages.find(chat.id, params['message_id']);
  if (!message) throw badRequest('message to edit not found');
  if (!message.fromBot) throw violation("message can't be edited");
  return { message, inlineId: undefined };
}

function replace({ world }: CallContext, { message, inlineId }: Target, content: Params, media: Media) {
  if (isDeepStrictEqual(comparable(contentOf(message.raw)), comparable(contentOf(content))))
    throw badRequest(SAME);
  const kept = Object.entries(message.raw).filter(([key]) => !(CONTENT as readonly string[]).includes(key));
  const raw = { ...Object.fromEntries(kept), ...content, edit_date: Math.floor(Date.now() / 1000) };
  const edited = world.messages.edit(raw as unknown as TelegramMessage, media, inlineId);
  return inlineId === undefined ? edited : true;
}

function contentOf(message: Params): Params {
  return Object.fromEntries(
    CONTENT.flatMap((key) => (message[key] === undefined ? [] : [[key, message[key]] as const])),
  );
}

// through JSON, so that a field that is undefined is a field that is not there
function comparable(content: Params): unknown {
  return JSON.parse(JSON.stringify(content));
}
