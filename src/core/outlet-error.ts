/** Why a platform did not do what it was asked. */
export type OutletFailure =
  /** It never will: blocked, removed, deleted. */
  | { readonly kind: 'gone' }
  /** It did nothing now and asks for a pause, or cannot be reached. */
  | { readonly kind: 'later'; readonly afterMs: number }
  /** It does not hand a picture out that it should have. */
  | { readonly kind: 'unfetched' }
  /** It may have done it: the connection ended before its answer. */
  | { readonly kind: 'unsure' };

/** A platform did not do what it was asked; holds no token and nothing of what people sent. */
export class OutletError extends Error {
  readonly failure: OutletFailure;

  constructor(message: string, failure: OutletFailure, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutletError';
    this.failure = failure;
  }
}
