import type { UploadedFile } from '../local-server/read-form.ts';
import type { World } from './world.ts';

export type Params = Readonly<Record<string, unknown>>;

/** A call whose parameters fit the interface. */
export interface CallContext {
  readonly params: Params;
  readonly files: readonly UploadedFile[];
  readonly world: World;
  /** Aborted when the client gives up. */
  readonly gone: AbortSignal;
}

/** What a method does; the value is the `result` of the answer. */
export type Method = (context: CallContext) => unknown;
