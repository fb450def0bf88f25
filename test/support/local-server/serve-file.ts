import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Fault } from './fault-queue.ts';

/** What can go wrong with a download alone. */
export type FileFault =
  /** As much is announced as there is, but the connection ends after so many bytes. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** Comes in pieces of so many bytes: the first at once, each other one upon `next`, all upon `release`. */
  | { readonly kind: 'drip'; readonly bytes: number }
  /** Never ends, and no size is announced. */
  | { readonly kind: 'endless' }
  | { readonly kind: 'not-found' };

const ENDLESS_CHUNK = Buffer.alloc(64 * 1024, 0x20);
const KINDS: Readonly<Record<FileFault['kind'], true>> = {
  truncate: true,
  drip: true,
  endless: true,
  'not-found': true,
};

/** Sends a file, or as much of it as the fault lets through; faults of other kinds are none here. */
export async function serveFile(response: ServerResponse, bytes: Buffer, fault?: Fault): Promise<void> {
  const what = fault && isFileFault(fault.what) ? fault.what : undefined;
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    ...(what?.kind !== 'endless' && { 'content-length': bytes.length }),
  });
  response.flushHeaders();
  switch (what?.kind) {
    case 'truncate':
      // the end of the connection must not overtake the bytes before it
      response.write(bytes.subarray(0, what.bytes), () => response.socket?.destroy());
      break;
    case 'drip':
      await drip(response, bytes, what.bytes, fault);
      break;
    case 'endless':
      // only the client ends it, by leaving
      await pipeline(Readable.from(withoutEnd(bytes)), response).catch(() => undefined);
      break;
    default:
      response.end(bytes);
  }
}

function isFileFault(what: Fault['what']): what is FileFault {
  return Object.hasOwn(KINDS, what.kind);
}

async function drip(
  response: ServerResponse,
  bytes: Buffer,
  size: number,
  fault: Fault | undefined,
): Promise<void> {
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    if (at > 0) await fault?.pass();
    response.write(bytes.subarray(at, at + size));
  }
  response.end();
}

function* withoutEnd(bytes: Buffer): Generator<Buffer> {
  yield bytes;
  while (true) yield ENDLESS_CHUNK;
}
