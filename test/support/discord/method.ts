import type { UploadedFile } from '../local-server/read-form.ts';
import type { DiscordCall } from './discord-call-log.ts';
import type { Json } from './discord-types.ts';
import type { World } from './world.ts';

/** A call whose query and body fit the interface. */
export interface CallContext {
  readonly world: World;
  readonly call: DiscordCall;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The fields of the body; empty where it is none or an array. */
  readonly body: Json;
  readonly files: readonly UploadedFile[];
  /** The server's time on arrival. */
  readonly arrivedAt: number;
}

/** What an operation does; the value is the body of the answer, and undefined is a 204. */
export type Method = (context: CallContext) => unknown;

export type Methods = Readonly<Record<string, Method>>;
