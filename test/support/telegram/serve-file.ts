import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Fault, FileFaultKind } from './fault-queue.ts';
import type { StoredFile } from './file-store.ts';

const ENDLESS_CHUNK = Buffer.alloc(64 * 1024, 0x20);

/** Sends a file, or as much of it as the fault lets through. */
export async function serveFile(
  response: ServerResponse,
  file: StoredFile,
  fault: Fault | undefined,
): Promise<void> {
  const { what } = fault ?? {};
  const isSizeTold = what?.kind !== 'endless';
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    ...(isSizeTold && { 'content-length': file.bytes.length }),
  });
  response.flushHeaders();
  if (fault && what && (await sendFaulty(response, file, fault, what))) return;
  response.end(file.bytes);
}

// Says whether it has taken care of the body.
async function sendFaulty(
  response: ServerResponse,
  { bytes }: StoredFile,
  fault: Fault,
  what: FileFaultKind,
): Promise<boolean> {
  switch (what.kind) {
    case 'truncate':
      // the end of the connection must not overtake the bytes before it
      response.write(bytes.subarray(0, what.bytes), () => response.socket?.destroy());
      return true;
    case 'drip':
      await drip(response, bytes, what.bytes, fault);
      return true;
    case 'endless':
      // only the client ends it, by leaving
      await pipeline(Readable.from(withoutEnd(bytes)), response).catch(() => undefined);
      return true;
    default:
      return false;
  }
}

async function drip(response: ServerResponse, bytes: Buffer, size: number, fault: Fault): Promise<void> {
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    if (at > 0) await fault.pass();
    response.write(bytes.subarray(at, at + size));
  }
  response.end();
}

function* withoutEnd(bytes: Buffer): Generator<Buffer> {
  yield bytes;
  while (true) yield ENDLESS_CHUNK;
}
