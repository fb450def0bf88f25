import type { ServerResponse } from 'node:http';
import { type CallFault, disturbCall } from '../local-server/disturb-call.ts';
import type { Fault } from '../local-server/fault-queue.ts';
import type { BodyFault } from '../local-server/send-json.ts';

/** An exception in the form of the service that is asked. */
export interface AwsRefuse {
  readonly kind: 'refuse';
  readonly code: string;
  readonly status?: number;
}

/** What can go wrong with a call. */
export type AwsFault =
  | AwsRefuse
  /** The function has thrown; nothing is done. */
  | { readonly kind: 'function-error' }
  /** Of many objects the first is not deleted. */
  | { readonly kind: 'refuse-object'; readonly code: string }
  | BodyFault
  | CallFault;

/** As disturbCall; what goes wrong instead of the deed, or after it, is left to the server. */
export async function disturbAws(
  { what, pass }: Fault<AwsFault>,
  response: ServerResponse,
): Promise<boolean> {
  switch (what.kind) {
    case 'refuse':
    case 'function-error':
    case 'refuse-object':
    case 'stall-body':
    case 'truncate':
      return false;
    default:
      return await disturbCall({ what, pass }, response);
  }
}
