import { imageSize } from '../local-server/image-size.ts';
import type { FileStore, GivenSize } from './file-store.ts';

export interface PhotoOptions {
  /** What JPEG and PNG tell, unless told; 1280 × 960 for anything else. */
  readonly width?: number;
  readonly height?: number;
  /** Announced size, where it should not be the one of the bytes. */
  readonly fileSize?: number;
  /** Sizes of one's own, the smallest first, in place of those Telegram would make. */
  readonly sizes?: readonly GivenSize[];
}

export interface DocumentOptions {
  readonly fileName?: string;
  readonly mimeType?: string;
  readonly fileSize?: number;
  readonly thumbnail?: Uint8Array;
}

export interface MediaOptions {
  /** The file itself; a few bytes unless told. */
  readonly bytes?: Uint8Array;
  /** A small picture of it. */
  readonly thumbnail?: Uint8Array;
}

export interface StickerOptions extends MediaOptions {
  readonly animated?: boolean;
  readonly video?: boolean;
}

const FEW_BYTES = Buffer.from('not a picture');

/** The `photo` of a message. */
export function photoContent(files: FileStore, bytes: Uint8Array, options: PhotoOptions): object {
  const { fileSize, sizes } = options;
  if (sizes) return { photo: files.addPhotoSizes(sizes) };
  const told = imageSize(bytes) ?? { width: 1280, height: 960 };
  const { width = told.width, height = told.height } = options;
  return {
    photo: files.addPhoto({ width, height, bytes, ...(fileSize !== undefined && { size: fileSize }) }),
  };
}

/** The `document` of a message. */
export function documentContent(files: FileStore, bytes: Uint8Array, options: DocumentOptions): object {
  const { fileName = 'file.bin', mimeType = 'application/octet-stream', fileSize, thumbnail } = options;
  const file = fileFields(files, 'documents', bytes, extensionOf(fileName), fileSize);
  return {
    document: { ...file, file_name: fileName, mime_type: mimeType, ...thumbnailField(files, thumbnail) },
  };
}

/** The `sticker` of a message. */
export function stickerContent(files: FileStore, options: StickerOptions): object {
  const { bytes = FEW_BYTES, animated = false, video = false, thumbnail } = options;
  const extension = animated ? 'tgs' : video ? 'webm' : 'webp';
  const sticker = {
    ...fileFields(files, 'stickers', bytes, extension),
    type: 'regular',
    width: 512,
    height: 512,
    is_animated: animated,
    is_video: video,
    emoji: '🎵',
    ...thumbnailField(files, thumbnail),
  };
  return { sticker };
}

/** The `animation` of a message, which Telegram sends as a `document`, too. */
export function animationContent(files: FileStore, { bytes = FEW_BYTES, thumbnail }: MediaOptions): object {
  const named = { file_name: 'animation.mp4', mime_type: 'video/mp4', ...thumbnailField(files, thumbnail) };
  const file = { ...fileFields(files, 'animations', bytes, 'mp4'), ...named };
  return { animation: { ...file, width: 320, height: 240, duration: 2 }, document: file };
}

/** The `video` of a message. */
export function videoContent(files: FileStore, { bytes = FEW_BYTES, thumbnail }: MediaOptions): object {
  const file = fileFields(files, 'videos', bytes, 'mp4');
  const shape = { width: 640, height: 480, duration: 3, mime_type: 'video/mp4' };
  return { video: { ...file, ...shape, ...thumbnailField(files, thumbnail) } };
}

function fileFields(
  files: FileStore,
  folder: string,
  bytes: Uint8Array,
  extension: string,
  size?: number,
): object {
  const file = files.add(folder, bytes, { extension, ...(size !== undefined && { size }) });
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size };
}

function thumbnailField(files: FileStore, bytes: Uint8Array | undefined): object {
  if (!bytes) return {};
  const { width, height } = imageSize(bytes) ?? { width: 320, height: 240 };
  return { thumbnail: files.addPhotoSizes([{ width, height, bytes }])[0] };
}

function extensionOf(fileName: string): string {
  return /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? 'bin';
}
