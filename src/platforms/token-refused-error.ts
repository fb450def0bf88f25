import { OutletError } from '../core/outlet-error.ts';

/** A platform does not know the token: it is wrong, or was taken back. */
export class TokenRefusedError extends OutletError {
  /** As people call it, such as 'Telegram'. */
  readonly platform: string;

  constructor(platform: string, method: string) {
    // who holds a new one can still answer
    super(`${method}: the token was refused`, { kind: 'later', afterMs: 60_000 });
    this.name = 'TokenRefusedError';
    this.platform = platform;
  }
}
