import type { Call } from './call-log.ts';

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
  /** Any answer at all, such as the HTML of a gateway. Nothing is done. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly contentType?: string }
  /** The connection ends before anything is done. */
  | { readonly kind: 'drop' }
  /** It is done, but the connection ends before the answer. */
  | { readonly kind: 'drop-reply' }
  /** Nothing happens until `release`; then the call goes on, unless its client has given up. */
  | { readonly kind: 'stall' };

/** What can go wrong with a download; the kinds above go for it, too. */
export type FileFaultKind =
  | FaultKind
  /** As much is announced as there is, but the connection ends after so many bytes. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** Comes in pieces of so many bytes: the first at once, each other one upon `next`, all upon `release`. */
  | { readonly kind: 'drip'; readonly bytes: number }
  /** Never ends, and no size is announced. */
  | { readonly kind: 'endless' }
  | { readonly kind: 'not-found' };

/** `method` may be `*` for any but `getUpdates` and downloads. `times` is 1 unless told. */
export type FaultRequest =
  | ({ readonly method: string } & FaultOptions & FaultKind)
  | ({ readonly method: 'file' } & FaultOptions & FileFaultKind);

interface FaultOptions {
  readonly times?: number;
  /** Only calls it says yes to. */
  readonly where?: (call: Call) => boolean;
}

/** A fault that waits for its calls. */
export interface FaultHandle {
  /** How many more calls it will meet. */
  readonly left: number;
  /** The calls it has met. */
  readonly met: readonly Call[];
  /** Meets no more calls, and lets go those it holds. */
  release(): void;
  /** Lets one more piece of a dripping download go. */
  next(): void;
}

/** A fault as the server sees it: what to do, and the gate to wait at. */
export interface Fault {
  readonly what: FileFaultKind;
  pass(): Promise<void>;
}

interface Waiting {
  readonly request: FaultRequest;
  readonly gate: Gate;
  readonly met: Call[];
  left: number;
}

/** The faults to come, in the order in which they were asked for. */
export class FaultQueue {
  #waiting: Waiting[] = [];

  add(request: FaultRequest): FaultHandle {
    const waiting: Waiting = { request, gate: new Gate(), met: [], left: request.times ?? 1 };
    this.#waiting.push(waiting);
    return {
      get left() {
        return waiting.left;
      },
      met: waiting.met,
      release: () => {
        waiting.left = 0;
        waiting.gate.open();
      },
      next: () => waiting.gate.letOne(),
    };
  }

  /** The fault this call meets, if any. */
  take(call: Call): Fault | undefined {
    const found = this.#waiting.find(
      ({ request, left }) => left > 0 && fits(request.method, call.method) && (request.where?.(call) ?? true),
    );
    if (!found) return undefined;
    found.left -= 1;
    found.met.push(call);
    call.fault = found.request.kind;
    return { what: found.request, pass: () => found.gate.pass() };
  }

  /** Lets everything go. */
  close(): void {
    for (const waiting of this.#waiting) waiting.gate.open();
    this.#waiting = [];
  }
}

function fits(wanted: string, method: string): boolean {
  return wanted === '*' ? method !== 'getUpdates' && method !== 'file' : wanted === method;
}

class Gate {
  #isOpen = false;
  #permits = 0;
  #waiting: (() => void)[] = [];

  async pass(): Promise<void> {
    if (this.#isOpen) return;
    if (this.#permits > 0) {
      this.#permits -= 1;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    await promise;
  }

  letOne(): void {
    const first = this.#waiting.shift();
    if (first) first();
    else this.#permits += 1;
  }

  open(): void {
    this.#isOpen = true;
    for (const pass of this.#waiting.splice(0)) pass();
  }
}
