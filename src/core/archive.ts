import type { KeptRecord, PhotoToKeep } from './kept-photo.ts';
import type { Request } from './request.ts';

/** Photos that their owners let us keep. What is written is on disk when its promise resolves. */
export interface Archive {
  /** What happens to photos of people who have not chosen; off: none is kept, whatever they chose. */
  readonly usual: 'ask' | 'keep' | 'off';
  /**
   * The photo's sha256, hex: it will be delivered, whatever happens, once for each owner and content. null: there is no room,
   * the disk refuses, or the owner has asked to be forgotten since `askedAt` (milliseconds since 1970), when they asked about
   * it. Never rejects.
   */
  keep(photo: PhotoToKeep, askedAt: number): Promise<string | null>;
  /** The owner's vote on an answer, for its photos that were kept. Never rejects. */
  vote(pseudonym: string, resultId: string, vote: KeptRecord['vote']): Promise<void>;
  /** All of a person's, oldest first. Throws StorageError. */
  kept(pseudonym: string): Promise<readonly KeptHere[]>;
  /**
   * Drops at once what is here, and has the rest erased, however long that takes. `at`: when they asked, milliseconds since
   * 1970; the same time again is the same one. Throws StorageError.
   */
  forget(pseudonym: string, at: number): Promise<void>;
  /**
   * To call once nothing else of a person is left. erased: there is nothing that could have it. queued: `request` is accepted
   * when the archive has nothing any more. Throws StorageError.
   */
  tellForgotten(pseudonym: string, at: number, request: Request): Promise<'erased' | 'queued'>;
  /** When the person last asked to be forgotten, milliseconds since 1970; null: not in the last day. Throws StorageError. */
  forgottenAt(pseudonym: string): Promise<number | null>;
}

/** What is known here of a kept photo. */
export interface KeptHere {
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly record: KeptRecord;
  /** Not delivered yet. */
  readonly waits: boolean;
}
