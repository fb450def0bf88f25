import { createHash } from 'node:crypto';
import { badRequest } from './refusal.ts';
import type { PhotoSize, TelegramFile } from './telegram-types.ts';

const MAX_DOWNLOAD = 20 * 1024 * 1024;
const SIDES = [90, 320, 800, 1280, 2560];

/** A file on the server, named by its `file_id` and served under its path. */
export interface StoredFile {
  readonly id: string;
  readonly uniqueId: string;
  readonly path: string;
  readonly bytes: Buffer;
  /** The size Telegram tells, which need not be the one of `bytes`. */
  readonly size: number;
  /** All sizes of the photo it is one of. */
  readonly photo?: readonly PhotoSize[];
}

/** What a photo comes in: a size of it with bytes of its own. */
export interface GivenSize {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  /** Announced size, where it should not be the one of `bytes`. */
  readonly size?: number;
}

/** The files people and the bot have sent. */
export class FileStore {
  readonly #byId = new Map<string, StoredFile>();
  readonly #byPath = new Map<string, StoredFile>();
  #count = 0;

  /** Stores a file; `folder` is the first part of its path. */
  add(folder: string, bytes: Uint8Array, { extension = 'jpg', size = bytes.length } = {}): StoredFile {
    this.#count += 1;
    const stored: StoredFile = {
      id: `${folder}-file-id-${String(this.#count).padStart(6, '0')}`,
      // the same content has the same unique id, whoever sends it
      uniqueId: createHash('sha256').update(bytes).update(String(size)).digest('base64url').slice(0, 16),
      path: `${folder}/file_${this.#count}.${extension}`,
      bytes: Buffer.from(bytes),
      size,
    };
    this.#put(stored);
    return stored;
  }

  /** Stores a photo in the sizes Telegram would make of it, the smallest first; the last one is the original. */
  addPhoto(original: GivenSize): readonly PhotoSize[] {
    const { width, height, bytes, size } = original;
    const longest = Math.max(width, height);
    const smaller = SIDES.filter((side) => side < longest).map((side) => ({
      width: Math.max(1, Math.round((width * side) / longest)),
      height: Math.max(1, Math.round((height * side) / longest)),
      bytes,
      ...(size !== undefined && { size }),
    }));
    return this.addPhotoSizes([...smaller, original]);
  }

  /** The same with sizes of one's own. */
  addPhotoSizes(sizes: readonly GivenSize[]): readonly PhotoSize[] {
    const files = sizes.map(({ bytes, size }, index) => {
      const file = this.add('photos', bytes, size === undefined ? {} : { size });
      // every size of a photo has a name of its own, though here they share the bytes
      return { ...file, uniqueId: `${file.uniqueId}${index}` };
    });
    const photo = files.map((file, index) => ({
      file_id: file.id,
      file_unique_id: file.uniqueId,
      width: sizes[index]?.width ?? 0,
      height: sizes[index]?.height ?? 0,
      file_size: file.size,
    }));
    for (const file of files) this.#put({ ...file, photo });
    return photo;
  }

  /** The file with this id. Throws Telegram's refusal for an id that was never given out. */
  get(fileId: unknown): StoredFile {
    const file = this.find(fileId);
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
    return file;
  }

  find(fileId: unknown): StoredFile | undefined {
    return typeof fileId === 'string' ? this.#byId.get(fileId) : undefined;
  }

  atPath(path: string): StoredFile | undefined {
    return this.#byPath.get(path);
  }

  /** Answers `getFile`. */
  describe(fileId: unknown): TelegramFile & { readonly file_path: string } {
    const file = this.get(fileId);
    if (file.size > MAX_DOWNLOAD) throw badRequest('file is too big');
    return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.path };
  }

  #put(file: StoredFile): void {
    this.#byId.set(file.id, file);
    this.#byPath.set(file.path, file);
  }
}
