import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type ArchiveEvent, archiveEvent, MAX_IMAGE_BYTES } from '../../src/services/archive-protocol.ts';

/** A message to the archive, checked. */
export interface ReadEvent {
  readonly event: ArchiveEvent;
  /** null: it is there already. */
  readonly jpeg: Buffer | null;
}

/** The message, or in a few words what is wrong with it; they hold nothing of what came. */
export function readPhoto(given: unknown): ReadEvent | string {
  const { data: event, error } = archiveEvent.safeParse(given);
  if (!event) return problemOf(error);
  if (event.image === null) return { event, jpeg: null };
  const jpeg = Buffer.from(event.image, 'base64');
  const wrong = wrongWith(jpeg, event.sha256);
  return wrong ? `image: ${wrong}` : { event, jpeg };
}

/** The first problem, by the name of its field: `record.vote: invalid_type`. */
export function problemOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (!issue) return 'event: invalid';
  // such a key came with the message
  const path = issue.code === 'invalid_key' ? issue.path.slice(0, -1) : issue.path;
  return `${path.join('.') || 'event'}: ${issue.code}`;
}

function wrongWith(jpeg: Buffer, sha256: string): string | null {
  if (jpeg.length === 0) return 'empty';
  if (jpeg.length > MAX_IMAGE_BYTES) return 'too_big';
  const isJpeg = jpeg.readUIntBE(0, Math.min(3, jpeg.length)) === 0xffd8ff && jpeg.subarray(-2).equals(END);
  if (!isJpeg) return 'no JPEG';
  return createHash('sha256').update(jpeg).digest('hex') === sha256 ? null : 'another sha256';
}

const END = Buffer.from([0xff, 0xd9]);
