import type { OutletFailure } from './chat-ports.ts';

/** A platform did not do what it was asked; holds no token and nothing of what people sent. */
export class OutletError extends Error {
  readonly failure: OutletFailure;

  constructor(message: string, failure: OutletFailure, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutletError';
    this.failure = failure;
  }
}
