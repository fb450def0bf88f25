import type { ServerResponse } from 'node:http';
import { type CallFault, disturbCall } from '../local-server/disturb-call.ts';
import { type Fault, type FaultHandle, FaultQueue, type FaultRequest } from '../local-server/fault-queue.ts';
import type { FileFault } from '../local-server/serve-file.ts';
import { ApiRefusal, rateLimited } from './api-refusal.ts';
import type { DiscordCall } from './discord-call-log.ts';
import { checkMethodName } from './discord-spec.ts';

type FaultKind =
  /** 429; `retryAfter` in seconds. A global one holds for every route. */
  | { readonly kind: 'rate-limit'; readonly retryAfter: number; readonly global?: boolean }
  /** Any other refusal in Discord's form. */
  | { readonly kind: 'refuse'; readonly status: number; readonly code: number; readonly message?: string }
  | CallFault;

/** `method` is an operation by Discord's own name, such as `create_message`; `*` is any but downloads (`file`). */
export type DiscordFaultRequest = FaultRequest<DiscordCall, FaultKind, FileFault>;

export type DiscordFault = Fault<FaultKind | FileFault>;

export class DiscordFaults extends FaultQueue<DiscordCall, FaultKind | FileFault> {
  override add(request: DiscordFaultRequest): FaultHandle<DiscordCall> {
    checkMethodName(request.method);
    return super.add(request);
  }
}

/** Lets a fault happen before anything is done. Says whether it has taken care of the answer. */
export async function meetFault({ what, pass }: DiscordFault, response: ServerResponse): Promise<boolean> {
  switch (what.kind) {
    case 'rate-limit':
      throw rateLimited(what.retryAfter, what.global ?? false);
    case 'refuse':
      throw new ApiRefusal({ status: what.status, code: what.code, message: what.message ?? 'Refused' });
    default:
      return await disturbCall({ what, pass }, response);
  }
}
