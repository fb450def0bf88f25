import type { Genre } from '../../core/genre.ts';
import type { VibeCall } from '../../core/request.ts';
import type { DiscordImage } from './address.ts';
import type { DiscordAttachment, DiscordMessage } from './event-schema.ts';

/** https://docs.discord.com/developers/resources/message#attachment-object-attachment-flags */
const IS_SPOILER = 1 << 3;
const PICTURE_NAME = /\.(?:jpe?g|jfif|png|gif|webp|avif|heic|heif)$/i;

/** What a message shows and what it forwards. */
export type WithPictures = Pick<DiscordMessage, 'attachments' | 'message_snapshots'>;

export function attachmentsOf({
  attachments,
  message_snapshots: forwarded,
}: WithPictures): DiscordAttachment[] {
  return [...attachments, ...forwarded.flatMap(({ message }) => message.attachments)];
}

/** Those that say that they are pictures; whether they are, their bytes decide. */
export function picturesOf(message: WithPictures): DiscordAttachment[] {
  return attachmentsOf(message).filter(
    ({ content_type: type, filename }) => type?.startsWith('image/') || PICTURE_NAME.test(filename),
  );
}

/** `source`: a message of which the bot can ask for the picture's newest URL. */
export function imageOf({ id, url, size }: DiscordAttachment, source: DiscordImage['source']): DiscordImage {
  return { url, size, attachmentId: id, source };
}

/** The vibe of these pictures, one or several. */
export function vibeCall(
  pictures: readonly DiscordAttachment[],
  source: DiscordImage['source'],
  why: Genre | null,
): VibeCall {
  const images = pictures.map((picture) => imageOf(picture, source));
  return { command: 'vibe', images, why, asked: true, spoiler: pictures.some(isSpoiler) };
}

function isSpoiler({ filename, flags = 0 }: DiscordAttachment): boolean {
  return (flags & IS_SPOILER) !== 0 || filename.startsWith('SPOILER_');
}
