import type { IncomingMessage } from 'node:http';
import { readBody, readForm, type UploadedFile } from '../local-server/read-form.ts';

/** A body as it came, before any check; undefined where there was none. */
export interface RawRequest {
  readonly body: unknown;
  /** A file's field is `files[0]`, `files[1]`, … */
  readonly files: readonly UploadedFile[];
  /** Size of all of it. */
  readonly size: number;
}

/** Reads a body: JSON, or a form with the JSON in `payload_json` and files beside it. */
export async function readRequest(request: IncomingMessage): Promise<RawRequest> {
  const bytes = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const size = bytes.length;
  if (size === 0) return { body: undefined, files: [], size };
  if (type.startsWith('multipart/form-data')) {
    const { texts, files } = await readForm(bytes, type);
    const { payload_json = '{}', ...rest } = texts;
    return { body: { ...rest, ...JSON.parse(payload_json) }, files, size };
  }
  if (type.startsWith('application/json')) return { body: JSON.parse(bytes.toString()), files: [], size };
  throw new SyntaxError(`a body of type "${type}" is not understood`);
}
