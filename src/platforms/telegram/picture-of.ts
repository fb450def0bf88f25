import { type RefuseCall, refuse } from '../../core/request.ts';
import type { TelegramImage } from './address.ts';
import type { TelegramMedia } from './update-schema.ts';

/** Bots can download no more: https://core.telegram.org/bots/api#getfile. */
export const MAX_FILE_MEGABYTES = 20;

export interface TelegramPicture {
  readonly image: TelegramImage;
  /** Covered until somebody wants to see it. */
  readonly spoiler: boolean;
}

type Found = TelegramPicture | { readonly refusal: RefuseCall };

interface File {
  readonly file_id: string;
  readonly file_size?: number | undefined;
}

/** The picture in a message, or why it cannot be had; null when there is none. A file may be anything: its bytes decide. */
export function pictureOf(media: TelegramMedia): Found | null {
  const { photo, animation, document, sticker, has_media_spoiler: spoiler = false } = media;
  if (photo?.length) {
    const area = ({ width, height }: { width: number; height: number }) => width * height;
    return fileOf(
      photo.reduce((best, size) => (area(size) > area(best) ? size : best)),
      spoiler,
    );
  }
  // an animation's document is the same MP4
  if (animation) return stillOf(animation.thumbnail, spoiler);
  if (sticker) {
    const moves = sticker.is_animated || sticker.is_video;
    return moves ? stillOf(sticker.thumbnail, false) : fileOf(sticker, false);
  }
  return document ? fileOf(document, false) : null;
}

function stillOf(thumbnail: File | undefined, spoiler: boolean): Found {
  return thumbnail ? fileOf(thumbnail, spoiler) : { refusal: refuse('no-still', {}) };
}

function fileOf({ file_id: fileId, file_size: size = 0 }: File, spoiler: boolean): Found {
  return size > MAX_FILE_MEGABYTES * 1024 * 1024
    ? { refusal: refuse('too-large-here', { maxMegabytes: MAX_FILE_MEGABYTES }) }
    : { image: { fileId, size: size || null }, spoiler };
}
