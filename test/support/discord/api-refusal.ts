import type { Json } from './discord-types.ts';

/** One thing that is wrong with a body, where it is, and how Discord names it. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

interface RefusalDetails {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly errors?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** What else the body says, such as `retry_after`. */
  readonly more?: Json;
  /** Whether the client broke the interface or a limit, as opposed to a world that has moved on meanwhile. */
  readonly violation?: boolean;
}

/** An answer with an error in Discord's form. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly violation: boolean;
  readonly body: Json;

  constructor(details: RefusalDetails) {
    const { status, code, message, errors, headers = {}, more, violation = false } = details;
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.violation = violation;
    this.body = { message, code, ...(errors && { errors }), ...more };
  }
}

const KNOWN = {
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20028: [429, 'The write action you are performing on the channel has hit the write rate limit'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40094: [400, 'This interaction has hit the maximum number of follow up messages.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50083: [400, 'Thread is archived'],
  160002: [400, 'You cannot reply without permission to read message history'],
} as const satisfies Readonly<Record<number, readonly [number, string]>>;

export type KnownCode = keyof typeof KNOWN;

/** One of the refusals Discord lists by number. Those that only a mistake can bring are violations. */
export function refuse(code: KnownCode, violation = false): ApiRefusal {
  const [status, message] = KNOWN[code];
  return new ApiRefusal({ status, code, message, violation });
}

/** The body breaks the interface or a limit. */
export function invalidForm(problems: readonly Problem[], { violation = true } = {}): ApiRefusal {
  const errors: Record<string, unknown> = {};
  for (const { path, code, message } of problems) {
    const place = path.reduce<Record<string, unknown>>((at, step) => {
      at[step] ??= {};
      return at[step] as Record<string, unknown>;
    }, errors);
    place['_errors'] = [...((place['_errors'] as object[] | undefined) ?? []), { code, message }];
  }
  return new ApiRefusal({ status: 400, code: 50035, message: 'Invalid Form Body', errors, violation });
}

/** Something that HTTP alone can say: an unknown route, a wrong token. */
export function httpRefusal(status: number, message: string, violation = false): ApiRefusal {
  return new ApiRefusal({ status, code: 0, message: `${status}: ${message}`, violation });
}

/** Discord's way to say "not so fast". */
export function rateLimited(retryAfter: number, isGlobal: boolean): ApiRefusal {
  return new ApiRefusal({
    status: 429,
    code: 0,
    message: 'You are being rate limited.',
    more: { retry_after: retryAfter, global: isGlobal },
    headers: {
      'retry-after': String(retryAfter),
      'x-ratelimit-scope': isGlobal ? 'global' : 'user',
      ...(isGlobal && { 'x-ratelimit-global': 'true' }),
    },
  });
}

/** A body in one line, for the call log: `50035 Invalid Form Body: content: …`. */
export function describe({ code, message, body }: ApiRefusal): string {
  return [code, message, ...flatten(body['errors'], '')].join(' ').trim();
}

function flatten(errors: unknown, path: string): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as { message: string }[]).map(({ message }) => `${path}: ${message}`)
      : flatten(value, path ? `${path}.${key}` : key),
  );
}
