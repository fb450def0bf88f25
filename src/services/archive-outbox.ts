import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Log } from '../core/chat-ports.ts';
import type { ArchiveEvent } from './archive-protocol.ts';
import {
  dropFrom,
  type Files,
  filesIn,
  isNamedSo,
  readEvent,
  replace,
  type Waiting,
} from './outbox-files.ts';
import { syncFolder } from './sync-file.ts';

export interface ArchiveOutboxOptions {
  /** Is made, for its owner only. */
  readonly folder: string;
  /** Of all files together. */
  readonly maxBytes: number;
  readonly log: Log;
  /** Called whenever there is more in it, or less. */
  changed(size: OutboxSize): void;
}

export interface OutboxSize {
  readonly bytes: number;
  readonly photos: number;
  /** Refused by the archive, or damaged. */
  readonly setAside: number;
}

/**
 * Photos on their way to the archive, one file each, which is the message that the archive gets. It is named by content
 * and owner: the same photo of the same person waits once. All reject with Node's own errors when the disk refuses.
 */
export class ArchiveOutbox {
  readonly #options: ArchiveOutboxOptions;
  readonly #waitingFolder: string;
  readonly #asideFolder: string;
  #waiting: Files = new Map();
  #aside: Files = new Map();
  /** A file is read, changed and written again: two at once would lose one. */
  readonly #oneByOne = pLimit(1);

  constructor(options: ArchiveOutboxOptions) {
    this.#options = options;
    this.#waitingFolder = join(options.folder, 'waiting');
    this.#asideFolder = join(options.folder, 'set-aside');
  }

  /** Takes up what an earlier run has left; drafts that it did not finish go. */
  async open(): Promise<void> {
    for (const folder of [this.#waitingFolder, this.#asideFolder]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    this.#waiting = await filesIn(this.#waitingFolder);
    this.#aside = await filesIn(this.#asideFolder);
    this.#tell();
  }

  /** What waits, oldest first. */
  waiting(): readonly Waiting[] {
    return [...this.#waiting.values()];
  }

  /** On disk when it resolves, however the machine ends. full: nothing was written. */
  put(event: ArchiveEvent): Promise<'kept' | 'full'> {
    return this.#oneByOne(() => this.#put(event));
  }

  /** Contents of a person's that are not delivered, those set aside among them. */
  heldOf(pseudonym: string): ReadonlySet<string> {
    const all = [...this.#waiting.values(), ...this.#aside.values()];
    return new Set(all.filter((one) => one.pseudonym === pseudonym).map(({ sha256 }) => sha256));
  }

  /** null when it does not wait any more, or is damaged, and then set aside. */
  read(waiting: Waiting): Promise<ArchiveEvent | null> {
    return this.#oneByOne(async () => {
      if (!this.#isNewest(waiting)) return null;
      const event = await readEvent(join(this.#waitingFolder, waiting.name));
      if (event === 'gone') {
        this.#forget(waiting);
        return null;
      }
      if (event && isNamedSo(event, waiting)) return event;
      this.#options.log.error('a file in the outbox is damaged; it is set aside');
      await this.#setAside(waiting);
      return null;
    });
  }

  /** It was delivered. A newer message that has taken its place stays. */
  remove(waiting: Waiting): Promise<void> {
    return this.#oneByOne(async () => {
      if (!this.#isNewest(waiting)) return;
      await rm(join(this.#waitingFolder, waiting.name), { force: true });
      this.#forget(waiting);
    });
  }

  /** It is never to be delivered as it is; a newer one may be. */
  setAside(waiting: Waiting): Promise<void> {
    return this.#oneByOne(async () => {
      if (this.#isNewest(waiting)) await this.#setAside(waiting);
    });
  }

  /** Everything of a person. */
  drop(pseudonym: string): Promise<void> {
    return this.#oneByOne(async () => {
      await dropFrom(this.#waitingFolder, this.#waiting, pseudonym);
      await dropFrom(this.#asideFolder, this.#aside, pseudonym);
      this.#tell();
    });
  }

  #forget({ name }: Waiting): void {
    this.#waiting.delete(name);
    this.#tell();
  }

  async #put(event: ArchiveEvent): Promise<'kept' | 'full'> {
    const { pseudonym, sha256 } = event;
    const name = `${sha256}.${pseudonym}.json`;
    // the photo itself is to go first, once somebody has mended what was wrong with it
    if (event.image === null && this.#aside.has(name)) return 'kept';
    const text = JSON.stringify(await this.#merged(event, name));
    const bytes = Buffer.byteLength(text);
    const before = this.#waiting.get(name)?.bytes ?? 0;
    if (this.#size().bytes - before + bytes > this.#options.maxBytes) return 'full';
    await replace(this.#waitingFolder, name, text);
    this.#waiting.set(name, { name, pseudonym, sha256, bytes });
    this.#tell();
    await syncFolder(this.#waitingFolder);
    return 'kept';
  }

  /** Of the same photo's two messages the newer record, and the bytes of whichever has them. */
  async #merged(event: ArchiveEvent, name: string): Promise<ArchiveEvent> {
    if (event.image !== null || !this.#waiting.has(name)) return event;
    const before = await readEvent(join(this.#waitingFolder, name));
    return { ...event, image: before === 'gone' ? null : (before?.image ?? null) };
  }

  #isNewest(waiting: Waiting): boolean {
    return this.#waiting.get(waiting.name) === waiting;
  }

  async #setAside(waiting: Waiting): Promise<void> {
    const { name } = waiting;
    await rename(join(this.#waitingFolder, name), join(this.#asideFolder, name));
    this.#waiting.delete(name);
    this.#aside.set(name, waiting);
    this.#tell();
    await syncFolder(this.#asideFolder);
    await syncFolder(this.#waitingFolder);
  }

  #size(): OutboxSize {
    const files = [...this.#waiting.values(), ...this.#aside.values()];
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { bytes, photos: this.#waiting.size, setAside: this.#aside.size };
  }

  #tell(): void {
    this.#options.changed(this.#size());
  }
}
