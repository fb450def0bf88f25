import type { Genre } from '../../core/genre.ts';
import type { VibeCall } from '../../core/request.ts';
import type { DiscordImage } from './address.ts';
import type { DiscordAttachment, DiscordComponent, DiscordFiles, DiscordMessage } from './event-schema.ts';

/** A file of a message. */
export interface DiscordFile {
  readonly id: string;
  readonly name: string;
  /** As Discord tells it, which it does not always. */
  readonly type: string | null;
  /** In bytes; null: Discord does not tell it. */
  readonly size: number | null;
  readonly url: string;
  readonly isSpoiler: boolean;
}

/** https://docs.discord.com/developers/resources/message#attachment-object-attachment-flags */
const IS_SPOILER = 1 << 3;
const PICTURE_NAME = /\.(?:jpe?g|jfif|png|gif|webp|avif|heic|heif)$/i;

/** What a message shows and what it forwards. */
export type WithPictures = DiscordFiles & Pick<DiscordMessage, 'message_snapshots'>;

/** All files of a message: Discord tells those that a component shows in the component, and nowhere else. */
export function filesOf({ attachments, components }: DiscordFiles): DiscordFile[] {
  return [...attachments.map(fileOf), ...components.flatMap((component) => filesIn(component, false))];
}

export function fileOf({
  id,
  filename: name,
  content_type: type = null,
  size,
  url,
  flags,
}: DiscordAttachment): DiscordFile {
  const isSpoiler = ((flags ?? 0) & IS_SPOILER) !== 0 || name.startsWith('SPOILER_');
  return { id, name, type, size, url, isSpoiler };
}

/** `isInSpoiler`: what has it is covered. */
function filesIn(
  { items, file, components, spoiler }: DiscordComponent,
  isInSpoiler: boolean,
): DiscordFile[] {
  const isCovered = isInSpoiler || spoiler;
  const shown = [...items, ...(file ? [{ media: file, spoiler: false }] : [])];
  const own = shown.flatMap(({ media, spoiler: isSpoilerItself }): DiscordFile[] => {
    const isSpoiler = isCovered || isSpoilerItself;
    const { attachment_id: id, url, content_type: type = null } = media;
    // what has no id is no file of this message
    return id === undefined ? [] : [{ id, name: nameIn(url), type, size: null, url, isSpoiler }];
  });
  return [...own, ...components.flatMap((component) => filesIn(component, isCovered))];
}

function nameIn(url: string): string {
  return URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
}

export function attachmentsOf({ message_snapshots: forwarded, ...own }: WithPictures): DiscordFile[] {
  return [own, ...forwarded.map(({ message }) => message)].flatMap(filesOf);
}

/** Those that say that they are pictures; whether they are, their bytes decide. */
export function picturesOf(message: WithPictures): DiscordFile[] {
  return attachmentsOf(message).filter(
    ({ type, name }) => type?.startsWith('image/') || PICTURE_NAME.test(name),
  );
}

/** `source`: a message of which the bot can ask for the picture's newest URL. */
export function imageOf({ id, url, size }: DiscordFile, source: DiscordImage['source']): DiscordImage {
  return { url, size, attachmentId: id, source };
}

/** The vibe of these pictures, one or several; `sender` is the id of the person who sent them, where that is known. */
export function vibeCall(
  pictures: readonly DiscordFile[],
  source: DiscordImage['source'],
  why: Genre | null,
  sender: string | undefined,
): VibeCall {
  const images = pictures.map((picture) => imageOf(picture, source));
  const spoiler = pictures.some(({ isSpoiler }) => isSpoiler);
  return { command: 'vibe', images, ...(sender && { sender }), why, asked: true, spoiler };
}

/** Who wrote a message, if it was a person. */
export function senderOf({ author }: Pick<DiscordMessage, 'author'>): string | undefined {
  return author.bot ? undefined : author.id; // what writes for programs is called a bot, too
}
