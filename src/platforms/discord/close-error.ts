import { GatewayCloseCodes } from 'discord.js';
import { TokenRefusedError } from '../token-refused-error.ts';
import { IntentsRefusedError } from './intents-refused-error.ts';

/** Discord has closed the connection, and would do so again; it is not the token, and not the intents. */
export class GatewayClosedError extends Error {
  override readonly name = 'GatewayClosedError';

  /** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
  readonly code: number;

  constructor(code: number) {
    super(`the gateway has closed for good: ${code} ${GatewayCloseCodes[code] ?? ''}`.trimEnd());
    this.code = code;
  }

  /** There are too few shards, or none of that number. */
  get isOfShards(): boolean {
    return [GatewayCloseCodes.InvalidShard, GatewayCloseCodes.ShardingRequired].includes(this.code);
  }
}

/** What it means that the gateway has closed with a code which nobody reconnects after. */
export function closeError(code: number): Error {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return new TokenRefusedError('Discord', 'the gateway');
    case GatewayCloseCodes.InvalidIntents:
    case GatewayCloseCodes.DisallowedIntents:
      return new IntentsRefusedError();
    default:
      return new GatewayClosedError(code);
  }
}

/** Whether another attempt would fail in the same way. */
export function isFinal(error: unknown): boolean {
  return [TokenRefusedError, IntentsRefusedError, GatewayClosedError].some((kind) => error instanceof kind);
}
