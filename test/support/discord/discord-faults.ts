import type { Call } from '../telegram/call-log.ts';
import { type Fault, type FaultHandle, FaultQueue, type FaultRequest } from '../telegram/fault-queue.ts';
import type { DiscordCall } from './discord-call-log.ts';
import { checkMethodName } from './discord-spec.ts';

/** What can go wrong with a call. */
type FaultKind =
  /** 429; `retryAfter` in seconds. A global one holds for every route. */
  | { readonly kind: 'rate-limit'; readonly retryAfter: number; readonly global?: boolean }
  /** Any other refusal in Discord's form. */
  | { readonly kind: 'refuse'; readonly status: number; readonly code: number; readonly message?: string }
  /** Any answer at all, such as the HTML of a gateway. Nothing is done. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly contentType?: string }
  /** The connection ends before anything is done. */
  | { readonly kind: 'drop' }
  /** It is done, but the connection ends before the answer. */
  | { readonly kind: 'drop-reply' }
  /** Nothing happens until `release`; then the call goes on, unless its client has given up. */
  | { readonly kind: 'stall' };

/** What can go wrong with a download; the kinds above go for it, too. */
type FileFaultKind =
  | FaultKind
  /** As much is announced as there is, but the connection ends after so many bytes. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** Comes in pieces of so many bytes: the first at once, each other one upon `next`, all upon `release`. */
  | { readonly kind: 'drip'; readonly bytes: number }
  /** Never ends, and no size is announced. */
  | { readonly kind: 'endless' }
  | { readonly kind: 'not-found' };

interface FaultOptions {
  /** 1 unless told. */
  readonly times?: number;
  /** Only calls it says yes to. */
  readonly where?: (call: DiscordCall) => boolean;
}

/** `method` is an operation by Discord's own name, such as `create_message`; `*` is any but downloads (`file`). */
export type DiscordFaultRequest =
  | ({ readonly method: string } & FaultOptions & FaultKind)
  | ({ readonly method: 'file' } & FaultOptions & FileFaultKind);

/** A fault as the server sees it: what to do, and the gate to wait at. */
export interface DiscordFault {
  readonly what: FileFaultKind;
  pass(): Promise<void>;
}

/** The faults to come, in the order in which they were asked for. */
export class DiscordFaults {
  readonly #queue = new FaultQueue();

  add(request: DiscordFaultRequest): FaultHandle {
    checkMethodName(request.method);
    // the queue looks at `method`, `times`, `where` and the name of the kind, and leaves the rest alone
    return this.#queue.add(request as unknown as FaultRequest);
  }

  take(call: DiscordCall): (DiscordFault & Fault) | undefined {
    return this.#queue.take(call as Call) as (DiscordFault & Fault) | undefined;
  }

  close(): void {
    this.#queue.close();
  }
}
