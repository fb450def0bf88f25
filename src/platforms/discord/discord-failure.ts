import { RESTJSONErrorCodes as Code, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { OutletError, type OutletFailure } from '../../core/outlet-error.ts';
import { OutletRefusal } from '../../core/outlet-refusal.ts';
import { networkFailure, PAUSE_MS } from '../network-failure.ts';
import { TokenRefusedError } from '../token-refused-error.ts';

// all codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes

/** Discord said no to what was asked: a bug of ours, unless the caller knows the code. */
export class DiscordRefusal extends OutletRefusal {
  override readonly name = 'DiscordRefusal';
  /** HTTP's. */
  readonly status: number;
  /** Discord's own number; 0 for what has none. */
  readonly code: number;
  /** Discord's words and the fields it complains of, without what was in them. */
  readonly description: string;

  constructor(method: string, { status, code, description }: Told) {
    super(`${method}: ${status} ${code} ${description}`);
    this.status = status;
    this.code = code;
    this.description = description;
  }

  /** Whether its code is one of these. */
  is(...codes: readonly number[]): boolean {
    return codes.includes(this.code);
  }
}

interface Told {
  readonly status: number;
  readonly code: number;
  readonly description: string;
}

/** An interaction was not answered in three seconds, or its quarter of an hour is over. */
export const DEAD_TOKEN: readonly number[] = [
  Code.UnknownWebhook,
  Code.InvalidWebhookToken,
  Code.UnknownInteraction,
];
export const ALREADY_ACKNOWLEDGED: number = Code.InteractionHasAlreadyBeenAcknowledged;
export const MISSING_PERMISSIONS: number = Code.MissingPermissions;
/** An app that is not in the server may say no more to one interaction. */
export const TOO_MANY_FOLLOW_UPS: number = Code.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages;

const GONE: readonly number[] = [
  Code.UnknownChannel,
  Code.UnknownGuild,
  Code.UnknownMessage,
  Code.UnknownUser,
  Code.MissingAccess,
  Code.CannotSendMessagesToThisUser,
  Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  Code.InvalidActionOnArchivedThread,
  Code.ThreadLocked,
];

/** What has nothing to do with the call itself: Discord is busy, or the way to it is shut. */
const BUSY: readonly number[] = [Code.APIResourceOverloaded, Code.CloudflareIsBlockingYourRequest];
const BUSY_PAUSE_MS = 30_000;

/** An abort while discord.js had the call in its queue, behind others of the same route. */
const NEVER_SENT = 'Request aborted manually';

/**
 * An error of discord.js's as one of ours: OutletError, or DiscordRefusal for what Discord refuses. Takes only codes and
 * Discord's own words along: the errors hold URLs with tokens in them, and what people sent.
 */
export function discordFailure(method: string, error: unknown): OutletError | DiscordRefusal {
  const failed = (what: string, failure: OutletFailure) => new OutletError(`${method}: ${what}`, failure);
  if (error instanceof RateLimitError) {
    // without a pause of its own it would be asked again at once
    return failed('429', { kind: 'later', afterMs: Math.ceil(error.retryAfter) || PAUSE_MS });
  }
  // a server in between, or Discord in trouble: it may have been done
  if (error instanceof HTTPError) return failed(`${error.status}`, { kind: 'unsure' });
  if (error instanceof DiscordAPIError) return refused(method, error);
  if (error instanceof Error && error.message === NEVER_SENT) {
    return failed('no time left', { kind: 'later', afterMs: PAUSE_MS });
  }
  return networkFailure(method, error);
}

function refused(method: string, { code, status, rawError }: DiscordAPIError): OutletError | DiscordRefusal {
  const failed = (what: string, failure: OutletFailure) => new OutletError(`${method}: ${what}`, failure);
  // not Discord's words, but those of a server in between that has not let it through
  if (typeof code !== 'number') return failed(`${status}`, { kind: 'later', afterMs: PAUSE_MS });
  if (status === 401 && code === 0) return new TokenRefusedError('Discord', method);
  if (BUSY.includes(code)) return failed(`${status} ${code}`, { kind: 'later', afterMs: BUSY_PAUSE_MS });
  const { message, errors } = rawError as { readonly message?: string; readonly errors?: unknown };
  const description = [message, ...wrongFields(errors)].join(' ');
  return GONE.includes(code)
    ? failed(`${status} ${code} ${description}`, { kind: 'gone' })
    : new DiscordRefusal(method, { status, code, description });
}

/** `components.0.label[BASE_TYPE_REQUIRED]`; the words beside it may quote what people sent. */
function wrongFields(errors: unknown, path = ''): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, inner]) =>
    key === '_errors' && Array.isArray(inner)
      ? inner.map(({ code }) => `${path}[${code}]`)
      : wrongFields(inner, path ? `${path}.${key}` : key),
  );
}
