interface IdentifyLimitOptions {
  /** How many shards may identify at once. */
  readonly maxConcurrency: number;
  /** The least time between two of one lot, in milliseconds; undefined where nobody is too quick. */
  readonly everyMs: number | undefined;
}

/** How quickly clients may identify: shards form lots by their numbers, and of each lot one may go at a time. */
export class IdentifyLimit {
  readonly #options: IdentifyLimitOptions;
  readonly #last = new Map<number, number>();

  constructor(options: IdentifyLimitOptions) {
    this.#options = options;
  }

  /** Whether this shard may now; if so, it has. */
  take(shard: number): boolean {
    const { maxConcurrency, everyMs = 0 } = this.#options;
    const lot = shard % maxConcurrency;
    const now = performance.now();
    if (now - (this.#last.get(lot) ?? Number.NEGATIVE_INFINITY) < everyMs) return false;
    this.#last.set(lot, now);
    return true;
  }
}
