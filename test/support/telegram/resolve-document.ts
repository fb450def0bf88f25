import { extname } from 'node:path';
import { findUpload } from './find-upload.ts';
import { documentContent } from './media-content.ts';
import type { CallContext } from './method.ts';
import { Refusal, violation } from './refusal.ts';

/** https://core.telegram.org/bots/api#sending-files */
const MAX_BYTES = 50 * 1024 * 1024;
/** What Telegram finds by the name. */
const TYPES: Readonly<Record<string, string>> = { '.json': 'application/json', '.txt': 'text/plain' };

/** A file to post: the field of the message that tells it, and its bytes as uploaded. */
export interface ResolvedDocument {
  readonly content: object;
  readonly bytes: Buffer;
}

/** The file that a `document` or `media` parameter names, uploaded with the call. */
export function resolveDocument(media: unknown, { files, world }: CallContext): ResolvedDocument {
  const text = String(media);
  if (!text.startsWith('attach://')) {
    throw violation('this server of the tests knows files only that are uploaded with the call');
  }
  const { bytes, fileName } = findUpload(text, files);
  if (bytes.length > MAX_BYTES) throw new Refusal('Request Entity Too Large', { code: 413, violation: true });
  const mimeType = TYPES[extname(fileName).toLowerCase()] ?? 'application/octet-stream';
  return { content: documentContent(world.files, bytes, { fileName, mimeType }), bytes };
}
