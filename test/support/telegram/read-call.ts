import type { IncomingMessage } from 'node:http';
import { isRecord } from '../local-server/is-record.ts';
import { readBody, readForm, type UploadedFile } from '../local-server/read-form.ts';

/** The parameters of a call as they came, before any check. */
export interface RawCall {
  readonly values: Readonly<Record<string, unknown>>;
  /** Names of parameters that came as text and stand for their JSON. */
  readonly textual: ReadonlySet<string>;
  /** A file's field is what `attach://<field>` names. */
  readonly files: readonly UploadedFile[];
}

/** Reads the parameters: query string, then the body as JSON, as a form or as a multipart form. */
export async function readCall(request: IncomingMessage): Promise<RawCall> {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const query = Object.fromEntries(searchParams);
  if (body.length === 0) return fromTexts(query);
  if (type.startsWith('multipart/form-data')) return await fromMultipart(query, body, type);
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return fromTexts({ ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) });
  }
  return fromJson(query, body);
}

async function fromMultipart(query: Record<string, string>, body: Buffer, type: string): Promise<RawCall> {
  const { texts, files } = await readForm(body, type);
  // telegraf puts the method's name into the form
  const { method: _, ...rest } = texts;
  return { ...fromTexts({ ...query, ...rest }), files };
}

function fromTexts(texts: Readonly<Record<string, string>>): RawCall {
  return { values: texts, textual: new Set(Object.keys(texts)), files: [] };
}

function fromJson(query: Record<string, string>, body: Buffer): RawCall {
  const values: unknown = JSON.parse(body.toString());
  if (!isRecord(values)) throw new SyntaxError('the body is no JSON object');
  const names = Object.keys(query).filter((name) => !Object.hasOwn(values, name));
  return { values: { ...query, ...values }, textual: new Set(names), files: [] };
}
