import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveFile } from '../local-server/serve-file.ts';
import { answerCall, attempt } from './answer-call.ts';
import { type DiscordFaults, meetFault } from './discord-faults.ts';
import type { World } from './world.ts';

/** Whether a path is one of the CDN's. */
export function isAttachment(path: string): boolean {
  return /^\/(?:ephemeral-)?attachments\//.test(path);
}

/** Sends a file, as long as its address holds, or as much of it as a fault lets through. */
export async function serveAttachment(
  { world, faults }: { readonly world: World; readonly faults: DiscordFaults },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', world.origin);
  const stored = world.attachments.open(url);
  const call = world.log.arrive('file', { route: `GET ${url.pathname}`, headers: request.headers });
  response.once('close', () => world.log.finish(call, 0));
  call.params = { attachment_id: url.pathname.split('/')[3], filename: stored?.name };
  call.query = Object.fromEntries(url.searchParams);
  call.read = true;
  const fault = faults.take(call);
  world.log.changed();
  const outcome = await attempt(world, call, async () => ({
    isMet: fault !== undefined && (await meetFault(fault, response)),
  }));
  if (outcome.isMet || outcome.refusal) answerCall(world, call, response, outcome);
  else if (response.destroyed) return;
  else if (!stored || fault?.what.kind === 'not-found') {
    world.log.finish(call, 404);
    response.writeHead(404, { 'content-type': 'text/plain' }).end('This content is no longer available.');
  } else {
    await serveFile(response, stored.bytes, fault);
    world.log.finish(call, 200);
  }
}
