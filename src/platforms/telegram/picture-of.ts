import { type RefuseCall, refuse } from '../../core/request.ts';
import type { TelegramImage } from './address.ts';
import type { TelegramMedia } from './update-schema.ts';

/** Bots can download no more: https://core.telegram.org/bots/api#getfile. */
export const MAX_FILE_MEGABYTES = 20;

type Found = { readonly image: TelegramImage } | { readonly refusal: RefuseCall };

interface File {
  readonly file_id: string;
  readonly file_size?: number | undefined;
}

/** The picture in a message, or why it cannot be had; null when there is none. A file may be anything: its bytes decide. */
export function pictureOf({ photo, animation, document, sticker }: TelegramMedia): Found | null {
  if (photo?.length) {
    const area = ({ width, height }: { width: number; height: number }) => width * height;
    return fileOf(photo.reduce((best, size) => (area(size) > area(best) ? size : best)));
  }
  // an animation's document is the same MP4
  if (animation) return stillOf(animation.thumbnail);
  if (sticker) return sticker.is_animated || sticker.is_video ? stillOf(sticker.thumbnail) : fileOf(sticker);
  return document ? fileOf(document) : null;
}

function stillOf(thumbnail: File | undefined): Found {
  return thumbnail ? fileOf(thumbnail) : { refusal: refuse('no-still', {}) };
}

function fileOf({ file_id: fileId, file_size: size = 0 }: File): Found {
  return size > MAX_FILE_MEGABYTES * 1024 * 1024
    ? { refusal: refuse('too-large-here', { maxMegabytes: MAX_FILE_MEGABYTES }) }
    : { image: { fileId, size: size || null } };
}
