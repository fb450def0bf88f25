import type { FollowUp } from './card.ts';
import type { Inbox, Telemetry } from './chat-ports.ts';
import type { Delivery } from './delivery.ts';
import type { Request } from './request.ts';

/** The answer that a follow-up stands beneath, and its job's key. */
export interface Beneath {
  readonly key: string;
  readonly request: Request;
  readonly delivery: Pick<Delivery, 'message'>;
}

/**
 * Waits until the answer is shown, and makes a job of what is to stand beneath it; a second attempt at the answer makes no
 * second one. `wake` is called when there is one. Throws as Delivery.message and Inbox.accept do.
 */
export async function acceptFollowUp(
  { call }: FollowUp,
  { key, request, delivery }: Beneath,
  { inbox, telemetry }: { readonly inbox: Pick<Inbox, 'accept'>; readonly telemetry: Telemetry },
  wake: () => void,
): Promise<void> {
  const message = await delivery.message();
  if (!message) return;
  const further: Request = { ...request, call: { ...call, replyTo: message.messageId } };
  const options = { lane: 'quick', key: `${key}:${call.command}`, groupKey: null, notBefore: 0 } as const;
  const { fresh } = await inbox.accept(further, options);
  if (fresh) telemetry.count({ name: 'requests', platform: request.platform, command: call.command });
  wake();
}
