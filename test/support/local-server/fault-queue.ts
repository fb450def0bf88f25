import type { Call } from './call-log.ts';
import { Gate } from './gate.ts';

interface Kind {
  readonly kind: string;
}

/** Which calls a fault meets. */
export interface FaultOptions<C extends Call> {
  /** `*` is any but downloads (`file`) and what the server spares. */
  readonly method: string;
  /** 1 unless told. */
  readonly times?: number;
  /** Only calls it says yes to. */
  readonly where?: (call: C) => boolean;
}

/** A fault of one of a server's kinds; what can go wrong with a download alone needs the method `file`. */
export type FaultRequest<C extends Call, OfCalls extends Kind, OfFiles extends Kind> =
  | (FaultOptions<C> & OfCalls)
  | (FaultOptions<C> & { readonly method: 'file' } & OfFiles);

/** A fault that waits for its calls. */
export interface FaultHandle<C extends Call = Call> {
  /** How many more calls it will meet. */
  readonly left: number;
  /** The calls it has met. */
  readonly met: readonly C[];
  /** Meets no more calls, and lets go those it holds. */
  release(): void;
  /** Lets one more piece of a dripping download go. */
  next(): void;
}

/** A fault as the server sees it: what to do, and the gate to wait at. */
export interface Fault<What extends Kind = Kind> {
  readonly what: What;
  readonly pass: () => Promise<void>;
}

interface Waiting<C extends Call, What extends Kind> {
  readonly request: FaultOptions<C> & What;
  readonly gate: Gate;
  readonly met: C[];
  left: number;
}

/** The faults to come, in the order in which they were asked for. `What` are all kinds the server knows. */
export class FaultQueue<C extends Call, What extends Kind> {
  readonly #spared: ReadonlySet<string>;
  #waiting: Waiting<C, What>[] = [];

  /** `spared` are methods that `*` does not mean. */
  constructor(spared: readonly string[] = []) {
    this.#spared = new Set(['file', ...spared]);
  }

  add(request: FaultOptions<C> & What): FaultHandle<C> {
    const waiting: Waiting<C, What> = { request, gate: new Gate(), met: [], left: request.times ?? 1 };
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
  take(call: C): Fault<What> | undefined {
    const found = this.#waiting.find(
      ({ request, left }) =>
        left > 0 && this.#fits(request.method, call.method) && (request.where?.(call) ?? true),
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

  #fits(wanted: string, method: string): boolean {
    return wanted === '*' ? !this.#spared.has(method) : wanted === method;
  }
}
