import type { ServerResponse } from 'node:http';
import type { Call } from '../local-server/call-log.ts';
import { type CallFault, disturbCall } from '../local-server/disturb-call.ts';
import { type Fault, FaultQueue, type FaultRequest } from '../local-server/fault-queue.ts';
import type { FileFault } from '../local-server/serve-file.ts';
import { Refusal } from './refusal.ts';
import { pollingConflict } from './update-queue.ts';
import { tooManyRequests } from './world.ts';

/** What can go wrong with a call. */
export type FaultKind =
  /** 429 with `retry_after`. */
  | { readonly kind: 'rate-limit'; readonly retryAfter: number }
  /** The group has become a supergroup. */
  | { readonly kind: 'migrate'; readonly toChatId: number }
  /** 409, as when another instance polls. */
  | { readonly kind: 'conflict' }
  /** Any other refusal in Telegram's form. */
  | { readonly kind: 'refuse'; readonly code: number; readonly description: string }
  | CallFault;

/** What can go wrong with a download. */
export type FileFaultKind = FaultKind | FileFault;

/** `method` may be `*` for any but `getUpdates` and downloads (`file`). */
export type TelegramFaultRequest = FaultRequest<Call, FaultKind, FileFault>;

export class TelegramFaults extends FaultQueue<Call, FileFaultKind> {
  constructor() {
    super(['getUpdates']);
  }
}

/** Lets a fault happen before anything is done. Says whether it has taken care of the answer. */
export async function meetFault(
  { what, pass }: Fault<FileFaultKind>,
  response: ServerResponse,
): Promise<boolean> {
  switch (what.kind) {
    case 'rate-limit':
      throw tooManyRequests(what.retryAfter);
    case 'conflict':
      throw pollingConflict();
    case 'refuse':
      throw new Refusal(what.description, { code: what.code });
    case 'migrate':
      throw new Refusal('Bad Request: group chat was upgraded to a supergroup chat', {
        parameters: { migrate_to_chat_id: what.toChatId },
      });
    default:
      return await disturbCall({ what, pass }, response);
  }
}
