import { OutletError } from '../core/outlet-error.ts';
import { TokenRefusedError } from './token-refused-error.ts';

export interface Tokened<Inner> {
  readonly inner: Inner;
  /** What it was made with. */
  readonly token: string;
}

/** How long a call waits for the next token's platform; its caller tries again later. */
const LONGEST_WAIT_MS = 15_000;

/** Calls to a platform that may be replaced by one with another token. */
export class PlatformCalls<Inner> {
  readonly #renew: (refused: string) => Promise<boolean>;
  readonly #underWay = new Set<Promise<unknown>>();
  #current: Tokened<Inner>;
  /** What calls wait for; null: they need not. */
  #next: PromiseWithResolvers<void> | null = null;

  /** `renew`: whether there is another token than the one that was refused. */
  constructor(first: Tokened<Inner>, renew: (refused: string) => Promise<boolean>) {
    this.#current = first;
    this.#renew = renew;
  }

  get current(): Tokened<Inner> {
    return this.#current;
  }

  get areHeld(): boolean {
    return this.#next !== null;
  }

  /** Further calls wait for `go`. */
  hold(): void {
    this.#next ??= Promise.withResolvers();
  }

  go(next: Tokened<Inner>): void {
    this.#current = next;
    this.#next?.resolve();
    this.#next = null;
  }

  /** Resolves when those under way are through. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** Throws what the call throws, after another try where another token has come; OutletError; the signal's reason. */
  async make<T>(act: (inner: Inner) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { inner, token } = await this.#ready(signal);
    try {
      return await this.#track(act(inner));
    } catch (error) {
      // nothing was done, so nothing is done twice
      if (!(error instanceof TokenRefusedError) || !(await this.#renew(token))) throw error;
    }
    const next = await this.#ready(signal);
    return await this.#track(act(next.inner));
  }

  async #track<T>(call: Promise<T>): Promise<T> {
    this.#underWay.add(call);
    try {
      return await call;
    } finally {
      this.#underWay.delete(call);
    }
  }

  async #ready(signal: AbortSignal): Promise<Tokened<Inner>> {
    if (!this.#next) return this.#current;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = () => reject(signal.aborted ? signal.reason : outOfTime());
    limit.addEventListener('abort', leave);
    if (limit.aborted) leave();
    try {
      await Promise.race([this.#next.promise, promise]);
    } finally {
      limit.removeEventListener('abort', leave);
    }
    return this.#current;
  }
}

function outOfTime(): OutletError {
  return new OutletError('the platform starts again', { kind: 'later', afterMs: 5000 });
}
