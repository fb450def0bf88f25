import type { UploadedFile } from './read-call.ts';

/** A call the server got. `method` is `file` for a download, whose params are `file_path` and `file_id`. */
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
  /** Telegram's description of a refusal. */
  description?: string;
  /** What was sent back in `result`. */
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

export type CallMatch = string | ((call: Call) => boolean);

export interface WaitOptions {
  /** Only calls from this index on; take `calls.length` before the deed. */
  readonly after?: number;
  readonly timeoutMs?: number;
  /** Whether a call that has no answer yet counts, such as one that is held. */
  readonly unanswered?: boolean;
}

const TIMEOUT = 10_000;

/** Every call in order of arrival, and who waits for one. */
export class CallLog {
  readonly calls: Call[] = [];
  readonly violations: Violation[] = [];
  readonly #watchers = new Set<() => void>();

  begin(method: string): Call {
    const call: Call = {
      index: this.calls.length,
      method,
      params: {},
      files: [],
      at: performance.now(),
      read: false,
      status: undefined,
    };
    this.calls.push(call);
    this.changed();
    return call;
  }

  /** Tells those who wait that something has changed. */
  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  async waitForCall(
    match: CallMatch,
    { after = 0, timeoutMs, unanswered = false }: WaitOptions = {},
  ): Promise<Call> {
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
      .filter(({ index, method }) => index >= after && method !== 'getUpdates')
      .map(
        ({ method, status, description }) =>
          `${method} ${status ?? '(waits)'}${description ? ` ${description}` : ''}`,
      );
    return told.length > 0 ? told.join(', ') : 'none';
  }
}
