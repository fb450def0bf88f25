import type { UploadedFile } from './read-form.ts';

/** A call the server got; a download is called `file`. */
export interface Call {
  readonly index: number;
  readonly method: string;
  /** Checked and typed; as they came where the check refused them. */
  params: Readonly<Record<string, unknown>>;
  files: readonly UploadedFile[];
  /** `performance.now()` on arrival. */
  readonly at: number;
  /** Whether its parameters have come, too. */
  read: boolean;
  /** HTTP status of the answer; 0 for a call that got none, undefined while it waits for one. */
  status: number | undefined;
  /** What a refusal says. */
  description?: string;
  /** What was sent back, where nothing was refused. */
  result?: unknown;
  /** Which fault it met. */
  fault?: string;
}

/** A refusal for breaking the interface or a limit. */
export interface Violation {
  readonly method: string;
  readonly description: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export type CallMatch<C extends Call = Call> = string | ((call: C) => boolean);

export interface WaitOptions {
  /** Only calls from this index on; take `calls.length` before the deed. */
  readonly after?: number;
  readonly timeoutMs?: number;
  /** Whether a call that has no answer yet counts, such as one that is held. */
  readonly unanswered?: boolean;
}

const TIMEOUT = 10_000;

/** Every call in order of arrival, and who waits for one. `Own` are the fields one server's calls have beside the usual. */
export class CallLog<Own extends object = object> {
  readonly calls: (Call & Own)[] = [];
  readonly violations: Violation[] = [];
  readonly #watchers = new Set<() => void>();
  readonly #untold: readonly string[];

  /** `untold` are methods that come so often that who waits in vain need not hear of them. */
  constructor(untold: readonly string[] = []) {
    this.#untold = untold;
  }

  begin(method: string, own: Own): Call & Own {
    const call: Call & Own = {
      index: this.calls.length,
      method,
      params: {},
      files: [],
      at: performance.now(),
      read: false,
      status: undefined,
      ...own,
    };
    this.calls.push(call);
    this.changed();
    return call;
  }

  /** The first one counts: a connection that closes after the answer changes nothing. */
  finish(call: Call, status: number): void {
    if (call.status !== undefined) return;
    call.status = status;
    this.changed();
  }

  /** Tells those who wait that something has changed. */
  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  async waitForCall(
    match: CallMatch<Call & Own>,
    { after = 0, timeoutMs, unanswered = false }: WaitOptions = {},
  ): Promise<Call & Own> {
    const fits = typeof match === 'string' ? ({ method }: Call) => method === match : match;
    const find = () =>
      this.calls
        .slice(after)
        .find((call) => (call.status !== undefined || (unanswered && call.read)) && fits(call));
    const told = typeof match === 'string' ? `a call of ${match}` : 'such a call';
    return await this.#waitFor(find, told, { timeoutMs, after });
  }

  /** Waits until the predicate holds; it is asked after every call and every change. */
  async waitUntil(predicate: () => unknown, { timeoutMs, after = 0 }: WaitOptions = {}): Promise<void> {
    await this.#waitFor(() => (predicate() ? true : undefined), `what the test waits for`, {
      timeoutMs,
      after,
    });
  }

  #waitFor<Found>(
    find: () => Found | undefined,
    told: string,
    { timeoutMs = TIMEOUT, after }: { timeoutMs: number | undefined; after: number },
  ): Promise<Found> {
    const { promise, resolve, reject } = Promise.withResolvers<Found>();
    // the stack of who waits says more than the one of a timer
    const late = new Error(`${told} has not come within ${timeoutMs} ms`);
    const look = () => {
      try {
        const found = find();
        if (found !== undefined) resolve(found);
      } catch (error) {
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      late.message += `; calls seen: ${this.#tell(after)}`;
      reject(late);
    }, timeoutMs);
    this.#watchers.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      this.#watchers.delete(look);
    });
  }

  #tell(after: number): string {
    const told = this.calls
      .filter(({ index, method }) => index >= after && !this.#untold.includes(method))
      .map(
        ({ method, status, description }) =>
          `${method} ${status ?? '(waits)'}${description ? ` ${description}` : ''}`,
      );
    return told.length > 0 ? told.join(', ') : 'none';
  }
}
