import type { IncomingMessage } from 'node:http';

/** A file that came with a call. `field` is its name in the form. */
export interface UploadedFile {
  readonly field: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

interface Form {
  readonly texts: Readonly<Record<string, string>>;
  readonly files: readonly UploadedFile[];
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Reads a multipart form; `type` is its content type, which tells the boundary. */
export async function readForm(body: Buffer, type: string): Promise<Form> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const texts: Record<string, string> = {};
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') texts[field] = value;
    else files.push({ field, fileName: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { texts, files };
}
