import type { ServerResponse } from 'node:http';
import type { CallFault } from './disturb-call.ts';
import type { Fault } from './fault-queue.ts';

/** What can go wrong with an answer's body. */
export type BodyFault =
  /** The answer begins, and never ends. */
  | { readonly kind: 'stall-body' }
  /** The connection ends in the middle of the answer. */
  | { readonly kind: 'truncate' };

/** Sends an answer, unless what goes wrong after the deed keeps it or a part of it back. */
export async function sendJson(
  response: ServerResponse,
  { status, body, headers }: { status: number; body: object; headers?: Readonly<Record<string, string>> },
  fault: Fault<BodyFault | CallFault | { readonly kind: string }> | undefined,
): Promise<void> {
  const kind = fault?.what.kind;
  if (kind === 'drop-reply') return void response.socket?.destroy();
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': bytes.length,
    ...headers,
  });
  const half = bytes.subarray(0, bytes.length / 2);
  if (kind === 'truncate') response.write(half, () => response.socket?.destroy());
  else if (kind === 'stall-body') {
    response.write(half);
    await fault?.pass();
    response.end(bytes.subarray(half.length));
  } else response.end(bytes);
}
