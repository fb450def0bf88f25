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

/** Posts a card as a new message, in its topic and in answer to the asker's. */
export async function postCard(
  call: TelegramCaller,
  { chatId, threadId, replyTo }: TelegramAddress,
  { text, caption, image, keyboard, previewUrl }: TelegramCard,
  signal: AbortSignal,
): Promise<Posted> {
  const where = {
    chat_id: chatId,
    ...(threadId !== null && { message_thread_id: threadId }),
    ...(replyTo !== null && { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    ...(keyboard && { reply_markup: keyboard }),
    parse_mode: 'HTML',
  };
  const once = { signal, repeatable: false };
  if (!image) {
    const payload = { ...where, ...previewOf(previewUrl), text };
    return postedOf(await call<SentMessage>('sendMessage', payload, once), null);
  }
  const { content, name, spoiler } = image;
  const shown = { ...where, caption, ...(spoiler && { has_spoiler: true }) };
  const payload =
    content.kind === 'stored'
      ? { ...shown, photo: content.reference }
      : { ...asForm(shown), photo: fileOf(content.jpeg, name) };
  return postedOf(await call<SentMessage>('sendPhoto', payload, once), name);
}

/** Edits a message until it shows the card, sending the picture only where it shows another one. */
export async function editCard(
  call: TelegramCaller,
  { chatId }: TelegramAddress,
  posted: Posted,
  { text, caption, image, keyboard, previewUrl }: TelegramCard,
  signal: AbortSignal,
): Promise<Posted> {
  const message = {
    chat_id: chatId,
    message_id: Number(posted.messageId),
    ...(keyboard && { reply_markup: keyboard }),
  };
  const again = { signal, repeatable: true };
  const editCaption = () =>
    call<SentMessage>('editMessageCaption', { ...message, parse_mode: 'HTML', caption }, again);
  if (!image) {
    const payload = { ...message, parse_mode: 'HTML', ...previewOf(previewUrl), text };
    const editText = () => call<SentMessage>('editMessageText', payload, again);
    // whether there is a picture is not known of a message whose button was pressed
    const edit =
      posted.imageName === null
        ? ifRefused(editText, ['no text in the message'], editCaption)
        : editCaption();
    await unlessSame(edit);
    return posted;
  }
  if (image.name === posted.imageName) {
    await unlessSame(editCaption());
    return posted;
  }
  const { content, name, spoiler } = image;
  const media = { type: 'photo', caption, parse_mode: 'HTML', ...(spoiler && { has_spoiler: true }) };
  const payload =
    content.kind === 'stored'
      ? { ...message, media: { ...media, media: content.reference } }
      : { ...asForm(message), media: { ...media, media: fileOf(content.jpeg, name) } };
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

/** In a form telegraf passes over objects that it does not know. */
function asForm(payload: Payload): Payload {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  );
}

function fileOf(jpeg: Uint8Array, filename: string) {
  return { source: Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength), filename };
}

function postedOf({ message_id, photo = [] }: SentMessage, imageName: string | null): Posted {
  const [largest] = [...photo].sort((a, b) => b.width * b.height - a.width * a.height);
  return { messageId: `${message_id}`, imageName, image: largest?.file_id ?? null };
}
