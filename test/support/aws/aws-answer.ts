import type { ServerResponse } from 'node:http';
import type { CallFault } from '../local-server/disturb-call.ts';
import type { Fault } from '../local-server/fault-queue.ts';
import type { BodyFault } from '../local-server/send-json.ts';
import { type AwsService, CREDENTIALS } from './aws-account.ts';

/** What a service answers, as it goes over the wire. */
export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** A service does not do it. */
export class AwsRefusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status = 400) {
    super(code);
    this.code = code;
    this.status = status;
  }
}

const JSON_1_0 = 'application/x-amz-json-1.0';
export const JSON_1_1 = 'application/x-amz-json-1.1';

export function jsonAnswer(
  body: unknown,
  type: string,
  headers: Readonly<Record<string, string>> = {},
): AwsAnswer {
  return { status: 200, headers: { 'content-type': type, ...headers }, body: JSON.stringify(body) };
}

export function xmlAnswer(xml: string, status = 200): AwsAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

/** In the form of each service; the message holds who asks for what, as AWS's own do. */
export function refusalAnswer(service: AwsService, what: string, { code, status }: AwsRefusal): AwsAnswer {
  const message = `User: arn:aws:iam::123456789012:user/${CREDENTIALS.accessKeyId}: ${code} on ${what}`;
  switch (service) {
    case 's3':
      return xmlAnswer(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, status);
    case 'lambda': {
      const headers = { 'x-amzn-errortype': code };
      return { ...jsonAnswer({ Type: 'User', Message: message }, 'application/json', headers), status };
    }
    case 'dynamodb': {
      const type = `com.amazonaws.dynamodb.v20120810#${code}`;
      return { ...jsonAnswer({ __type: type, message }, JSON_1_0), status };
    }
    case 'sagemaker':
    case 'secretsmanager':
      return { ...jsonAnswer({ __type: code, Message: message }, JSON_1_1), status };
  }
}

/** Sends it, unless what goes wrong after the deed keeps it or a part of it back. */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: AwsAnswer,
  fault: Fault<CallFault | BodyFault | { readonly kind: string }> | undefined,
): Promise<void> {
  const bytes = Buffer.from(body);
  const kind = fault?.what.kind;
  if (kind === 'drop-reply') return void response.socket?.destroy();
  response.writeHead(status, { 'content-length': bytes.length, ...headers });
  const half = bytes.subarray(0, bytes.length / 2);
  if (kind === 'truncate') return void response.write(half, () => response.socket?.destroy());
  if (kind === 'stall-body') {
    response.write(half);
    await fault?.pass();
    response.end(bytes.subarray(half.length));
  } else response.end(bytes);
}
