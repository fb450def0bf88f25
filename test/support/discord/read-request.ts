import type { IncomingMessage } from 'node:http';
import { isRecord } from '../telegram/spec-problems.ts';

export { isRecord };

/** A file that came with a call. `field` is the form field: `files[0]`. */
export interface UploadedFile {
  readonly field: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** A body as it came, before any check; undefined where there was none. */
export interface RawRequest {
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  /** Size of all of it. */
  readonly size: number;
}

/** Reads a body: JSON, or a form with the JSON in `payload_json` and files beside it. */
export async function readRequest(request: IncomingMessage): Promise<RawRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: undefined, files: [], size: 0 };
  if (type.startsWith('multipart/form-data')) return await fromMultipart(bytes, type);
  if (type.startsWith('application/json')) {
    return { body: JSON.parse(bytes.toString()), files: [], size: bytes.length };
  }
  throw new SyntaxError(`a body of type "${type}" is not understood`);
}

async function fromMultipart(bytes: Buffer, type: string): Promise<RawRequest> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  const body: Record<string, unknown> = {};
  for (const [field, value] of form) {
    if (typeof value !== 'string') {
      files.push({ field, fileName: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
    } else if (field === 'payload_json') {
      Object.assign(body, JSON.parse(value));
    } else body[field] = value;
  }
  return { body, files, size: bytes.length };
}
