import { createHmac } from 'node:crypto';
import { extname } from 'node:path';
import { imageSize } from '../local-server/image-size.ts';
import type { Clock } from './clock.ts';
import type { AttachmentBody, DiscordAttachment } from './discord-types.ts';

const LIFETIME = 24 * 60 * 60 * 1000;
const SPOILER = 1 << 3;
const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.heic': 'image/heic',
  '.heif': 'image/heif',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.ogg': 'audio/ogg',
};

/** A file somebody attaches; what is not told is found in name and bytes, as Discord does. */
export interface FileGiven {
  readonly bytes: Uint8Array;
  readonly name?: string;
  readonly contentType?: string;
  readonly description?: string | undefined;
  readonly spoiler?: boolean;
  /** In place of those that name and `spoiler` make. */
  readonly flags?: number;
  /** Announced size, where it should not be the one of `bytes`. */
  readonly size?: number;
  readonly width?: number;
  readonly height?: number;
  /** Of a voice message. */
  readonly durationSecs?: number;
  readonly waveform?: string;
}

/** A file on the server. */
export interface StoredAttachment extends FileGiven {
  readonly id: string;
  readonly channelId: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly isEphemeral: boolean;
}

/** The files of all messages and interactions, and the signed addresses they are served at. */
export class AttachmentStore {
  readonly #byId = new Map<string, StoredAttachment>();
  readonly #clock: Clock;
  readonly #origin: () => string;
  #generation = 0;

  constructor(clock: Clock, origin: () => string) {
    this.#clock = clock;
    this.#origin = origin;
  }

  add(channelId: string, given: FileGiven, isEphemeral = false): StoredAttachment {
    const stored: StoredAttachment = {
      ...given,
      id: this.#clock.snowflake(),
      channelId,
      name: (given.name ?? 'photo.jpg').replace(/[^\w.-]+/g, '_'),
      bytes: Buffer.from(given.bytes),
      isEphemeral,
    };
    this.#byId.set(stored.id, stored);
    return stored;
  }

  /** What an edit may say of a file that stays: what it shows, and whether it is hidden at first. */
  change(
    stored: StoredAttachment,
    { description, is_spoiler }: Partial<AttachmentBody> = {},
  ): StoredAttachment {
    const changed: StoredAttachment = {
      ...stored,
      ...(description !== undefined && { description: description ?? undefined }),
      ...(typeof is_spoiler === 'boolean' && { spoiler: is_spoiler }),
    };
    this.#byId.set(stored.id, changed);
    return changed;
  }

  get(id: string): StoredAttachment | undefined {
    return this.#byId.get(id);
  }

  /** What Discord tells of a file; its address is signed anew every time. */
  describe(stored: StoredAttachment): DiscordAttachment {
    const { id, name, bytes, description, isEphemeral, spoiler, durationSecs, waveform } = stored;
    const { width, height } = { ...imageSize(bytes), ...pick(stored, 'width'), ...pick(stored, 'height') };
    const type = stored.contentType ?? TYPES[extname(name).toLowerCase()];
    const url = this.sign(stored);
    const flags = stored.flags ?? (spoiler || name.startsWith('SPOILER_') ? SPOILER : 0);
    return {
      id,
      filename: name,
      size: stored.size ?? bytes.length,
      url,
      proxy_url: url,
      ...(type !== undefined && { content_type: type }),
      ...(width !== undefined && height !== undefined && { width, height }),
      ...(description !== undefined && { description }),
      ...(isEphemeral && { ephemeral: true }),
      ...(flags !== 0 && { flags }),
      ...(durationSecs !== undefined && { duration_secs: durationSecs }),
      ...(waveform !== undefined && { waveform }),
    };
  }

  sign(stored: StoredAttachment): string {
    const seconds = Math.floor(this.#clock.now() / 1000);
    const [is, ex] = [seconds.toString(16), (seconds + LIFETIME / 1000).toString(16)];
    const path = pathOf(stored);
    return `${this.#origin()}${path}?ex=${ex}&is=${is}&hm=${this.#hmac(path, ex, is)}`;
  }

  /** The file at an address; undefined once that has expired, or where its signature is not right. */
  open({ pathname, searchParams }: URL): StoredAttachment | undefined {
    const stored = this.#byId.get(pathname.split('/')[3] ?? '');
    const { ex = '', is = '', hm } = Object.fromEntries(searchParams);
    const isDue = Number.parseInt(ex, 16) * 1000 > this.#clock.now();
    return stored && pathOf(stored) === pathname && isDue && hm === this.#hmac(pathname, ex, is)
      ? stored
      : undefined;
  }

  /** Ends all addresses given out so far. */
  expire(): void {
    this.#generation += 1;
  }

  #hmac(path: string, ex: string, is: string): string {
    return createHmac('sha256', `generation ${this.#generation}`).update(`${path} ${ex} ${is}`).digest('hex');
  }
}

function pathOf({ isEphemeral, channelId, id, name }: StoredAttachment): string {
  return `/${isEphemeral ? 'ephemeral-attachments' : 'attachments'}/${channelId}/${id}/${name}`;
}

function pick<Key extends 'width' | 'height'>(given: FileGiven, key: Key): { readonly [K in Key]?: number } {
  return given[key] === undefined ? {} : ({ [key]: given[key] } as { readonly [K in Key]: number });
}
