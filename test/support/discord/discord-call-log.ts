import { type Call, CallLog } from '../local-server/call-log.ts';
import { isRecord } from '../local-server/is-record.ts';

interface SentToDiscord {
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

/**
 * A call the server got, named as Discord's own document names it: `create_message`.
 * `params` are the fields of the body; `file` is a download, whose params are `attachment_id` and `filename`.
 */
export type DiscordCall = Call & SentToDiscord;

/** Every call in order of arrival, and who waits for one. */
export class DiscordCallLog extends CallLog<SentToDiscord> {
  arrive(method: string, { route, headers }: Pick<SentToDiscord, 'route' | 'headers'>): DiscordCall {
    return this.begin(method, { route, headers, path: {}, query: {}, body: undefined });
  }

  accept(call: DiscordCall, body: unknown): void {
    call.body = body;
    call.params = isRecord(body) ? body : {};
  }
}
