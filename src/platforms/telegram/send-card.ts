import type { Plain } from '../../core/request.ts';
import type { Posted } from '../../core/stored-result.ts';
import type { TelegramAddress } from './address.ts';
import { ifRefused } from './if-refused.ts';
import type { TelegramCard } from './render.ts';
import type { TelegramCaller } from './telegram-caller.ts';

interface SentMessage {
  readonly message_id: number;
  readonly photo?: readonly { readonly file_id: string; readonly width: number; readonly height: number }[];
}

type Payload = Readonly<Record<string, unknown>>;

/** https://core.telegram.org/bots/api#linkpreviewoptions: a video plays in its preview. */
function previewOf(url: string | null): Payload {
  const options =
    url === null ? { is_disabled: true } : { url, prefer_large_media: true, show_above_text: false };
  return { link_preview_options: options };
}

/** What a message shows beside its words, as the Bot API takes it. */
interface Media {
  readonly type: 'photo' | 'document';
  readonly name: string;
  /** To upload, or the id of what Telegram has already. */
  readonly content: ReturnType<typeof uploadOf> | Plain;
  readonly spoiler: boolean;
}

const METHODS = { photo: 'sendPhoto', document: 'sendDocument' } as const;

function mediaOf({ image, file }: TelegramCard): Media | null {
  if (file) {
    const content = uploadOf(file.bytes, file.fileName);
    return { type: 'document', name: file.fileName, content, spoiler: false };
  }
  if (!image) return null;
  const { content, name, spoiler } = image;
  const shown = content.kind === 'stored' ? content.reference : uploadOf(content.jpeg, name);
  return { type: 'photo', name, content: shown, spoiler };
}

/** Posts a card as a new message, in its topic and in answer to the asker's. */
export async function postCard(
  call: TelegramCaller,
  { chatId, threadId, replyTo }: TelegramAddress,
  card: TelegramCard,
  signal: AbortSignal,
): Promise<Posted> {
  const { text, caption, keyboard, previewUrl } = card;
  const where = {
    chat_id: chatId,
    ...(threadId !== null && { message_thread_id: threadId }),
    ...(replyTo !== null && { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    ...(keyboard && { reply_markup: keyboard }),
    parse_mode: 'HTML',
  };
  const once = { signal, repeatable: false };
  const media = mediaOf(card);
  if (!media) {
    const payload = { ...where, ...previewOf(previewUrl), text };
    return postedOf(await call<SentMessage>('sendMessage', payload, once), null);
  }
  const { type, name, content, spoiler } = media;
  const shown = { ...where, caption, ...(spoiler && { has_spoiler: true }) };
  const payload = { ...asForm(shown), [type]: content };
  return postedOf(await call<SentMessage>(METHODS[type], payload, once), name);
}

/** Edits a message until it shows the card, sending the picture or the file only where it shows another one. */
export async function editCard(
  call: TelegramCaller,
  { chatId }: TelegramAddress,
  posted: Posted,
  card: TelegramCard,
  signal: AbortSignal,
): Promise<Posted> {
  const { text, caption, keyboard, previewUrl } = card;
  const message = {
    chat_id: chatId,
    message_id: Number(posted.messageId),
    ...(keyboard && { reply_markup: keyboard }),
  };
  const again = { signal, repeatable: true };
  const editCaption = () =>
    call<SentMessage>('editMessageCaption', { ...message, parse_mode: 'HTML', caption }, again);
  const media = mediaOf(card);
  if (!media) {
    const payload = { ...message, parse_mode: 'HTML', ...previewOf(previewUrl), text };
    const editText = () => call<SentMessage>('editMessageText', payload, again);
    // whether there is a picture or a file is not known of a message whose button was pressed
    const edit =
      posted.imageName === null
        ? ifRefused(editText, ['no text in the message'], editCaption)
        : editCaption();
    await unlessSame(edit);
    return posted;
  }
  if (media.name === posted.imageName) {
    await unlessSame(editCaption());
    return posted;
  }
  const { type, name, content, spoiler } = media;
  const shown = { type, media: content, caption, parse_mode: 'HTML', ...(spoiler && { has_spoiler: true }) };
  const payload = { ...asForm(message), media: shown };
  const edited = await unlessSame(call<SentMessage>('editMessageMedia', payload, again));
  return edited ? postedOf(edited, name) : posted;
}

/** null when the message is that already. */
function unlessSame<T>(edited: Promise<T>): Promise<T | null> {
  return ifRefused<T | null>(
    () => edited,
    ['message is not modified'],
    async () => null,
  );
}

/** In a form telegraf passes over objects that it does not know; Telegram takes them as text, in a form or not. */
function asForm(payload: Payload): Payload {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  );
}

function uploadOf({ buffer, byteOffset, byteLength }: Uint8Array, filename: string) {
  return { source: Buffer.from(buffer, byteOffset, byteLength), filename };
}

function postedOf({ message_id, photo = [] }: SentMessage, imageName: string | null): Posted {
  const [largest] = [...photo].sort((a, b) => b.width * b.height - a.width * a.height);
  return { messageId: `${message_id}`, imageName, image: largest?.file_id ?? null };
}
