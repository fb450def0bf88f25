import type { ServerResponse } from 'node:http';
import type { Fault } from './fault-queue.ts';
import type { FileFault } from './serve-file.ts';

/** What can go wrong with a call to any server. */
export type CallFault =
  /** Any answer at all, such as the HTML of a gateway. Nothing is done. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly contentType?: string }
  /** The connection ends before anything is done. */
  | { readonly kind: 'drop' }
  /** It is done, but the connection ends before the answer. */
  | { readonly kind: 'drop-reply' }
  /** Nothing happens until `release`; then the call goes on, unless its client has given up. */
  | { readonly kind: 'stall' };

/**
 * Lets happen what is to happen before a call is done. Says whether that has taken care of the answer;
 * what comes after the deed, and what is wrong with a file, is left to the server.
 */
export async function disturbCall(
  { what, pass }: Fault<CallFault | FileFault>,
  response: ServerResponse,
): Promise<boolean> {
  switch (what.kind) {
    case 'answer':
      response.writeHead(what.status, { 'content-type': what.contentType ?? 'text/html' }).end(what.body);
      return true;
    case 'drop':
      response.socket?.destroy();
      return true;
    case 'stall':
      await pass();
      return false;
    default:
      return false;
  }
}
