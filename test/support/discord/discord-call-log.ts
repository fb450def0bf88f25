import { type Call, CallLog, type CallMatch, type WaitOptions } from '../telegram/call-log.ts';
import type { Json } from './discord-types.ts';

/**
 * A call the server got, named as Discord's own document names it: `create_message`.
 * `params` are the fields of the body; `file` is a download, whose params are `attachment_id` and `filename`.
 */
export interface DiscordCall extends Call {
  /** Verb and path as the document has them: `POST /channels/{channel_id}/messages`. */
  readonly route: string;
  /** The values in the path. */
  path: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** The body, which need not be an object: commands come as an array. */
  body: unknown;
  /** Discord's number of a refusal. */
  code?: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

type DiscordCallMatch = string | ((call: DiscordCall) => boolean);

interface Arrival {
  readonly route: string;
  readonly headers: DiscordCall['headers'];
}

/** Every call in order of arrival, and who waits for one. */
export class DiscordCallLog extends CallLog {
  declare readonly calls: DiscordCall[];

  arrive(method: string, { route, headers }: Arrival): DiscordCall {
    const arrived = { route, headers, path: {}, query: {}, body: undefined };
    return Object.assign(this.begin(method), arrived);
  }

  accept(call: DiscordCall, body: unknown): void {
    call.body = body;
    call.params = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Json) : {};
  }

  override async waitForCall(match: DiscordCallMatch, options?: WaitOptions): Promise<DiscordCall> {
    // every call here was made by `arrive`
    return (await super.waitForCall(match as CallMatch, options)) as DiscordCall;
  }
}
