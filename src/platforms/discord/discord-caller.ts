import { type RawFile, REST, type RequestMethod } from 'discord.js';
import type { Sleep, Telemetry } from '../../core/chat-ports.ts';
import { type CallOptions, createOutsideCaller } from '../outside-caller.ts';
import { discordFailure } from './discord-failure.ts';

export interface DiscordCallerOptions {
  readonly token: string;
  /** Without the version, and without a slash at its end. */
  readonly apiUrl: string;
  readonly telemetry: Telemetry;
  readonly sleep: Sleep;
}

export interface DiscordRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** After the version. */
  readonly path: `/${string}`;
  /** JSON. */
  readonly body?: unknown;
  readonly files?: readonly RawFile[];
  readonly query?: URLSearchParams;
  /** Whether it goes with the bot's token; unless told, where the path has none of its own. */
  readonly auth?: boolean;
}

/**
 * Calls Discord; `name` is for counts and errors: what is done, such as 'edit answer', never a path. undefined where the
 * answer is empty. Throws OutletError, DiscordRefusal, the signal's reason.
 */
export type DiscordCaller = <Result>(
  name: string,
  request: DiscordRequest,
  options: CallOptions,
) => Promise<Result>;

/** Until an answer begins, for one attempt. */
const ATTEMPT_MS = 15_000;
/** A token in the path: the bot's is not sent along, and discord.js does not give it up when the other is refused. */
const HAS_OWN_TOKEN = /^\/(?:interactions|webhooks)\/\d+\/./;

/** No token is in any error. discord.js keeps the limits of each route; what they put off is waited for here, up to a cap. */
export function createDiscordCaller({
  token,
  apiUrl,
  telemetry,
  sleep,
}: DiscordCallerOptions): DiscordCaller {
  const settings = {
    api: apiUrl,
    version: '10',
    timeout: ATTEMPT_MS,
    // its own tries look neither at what may be done twice nor at our time, and its pauses do not end with the signal
    retries: 0,
    rejectOnRateLimit: () => true,
    // each interaction has queues of its own, which are of no use once it is answered
    handlerSweepInterval: 60_000,
  };
  const rest = new REST(settings);
  // answers to interactions are outside the bot's limit of 50 a second:
  // https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
  const interactions = new REST({ ...settings, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  const call = createOutsideCaller({ service: 'discord', failureOf: discordFailure, telemetry, sleep });
  return <Result>(name: string, request: DiscordRequest, options: CallOptions): Promise<Result> =>
    call(
      name,
      async (signal) => {
        signal.throwIfAborted(); // in its queue it would not be seen
        rest.setToken(token); // it gives up one that was refused
        const auth = request.auth ?? !HAS_OWN_TOKEN.test(request.path);
        return (await send(auth ? rest : interactions, { ...request, auth }, signal)) as Result;
      },
      options,
    );
}

async function send(
  rest: REST,
  { method, path, body, files, query, auth = true }: DiscordRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const response = await rest.queueRequest({
    method: method as RequestMethod,
    fullRoute: path,
    body,
    files: files && [...files],
    ...(query && { query }),
    auth,
    signal,
  });
  const text = await response.text(); // in any case: what is not read keeps the connection
  if (response.status === 204) return undefined;
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const answer: unknown = response.ok && isJson ? JSON.parse(text) : null;
  // a proxy's page, or its redirection, is none of Discord's answers
  if (typeof answer !== 'object' || answer === null) throw new SyntaxError('not an answer');
  return answer;
}
