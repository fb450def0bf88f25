import type { FollowUp } from './card.ts';
import type { Calendar, Inbox, Telemetry } from './chat-ports.ts';
import type { Delivery } from './delivery.ts';
import { chatKey, type Request } from './request.ts';

/** The answer that a follow-up stands beneath, and its job's key. */
export interface Beneath {
  readonly key: string;
  readonly request: Request;
  readonly delivery: Pick<Delivery, 'message'>;
}

export interface AcceptFollowUpTools {
  readonly inbox: Pick<Inbox, 'accept'>;
  readonly telemetry: Telemetry;
  readonly calendar: Calendar;
}

/** How long a message has what was asked for beneath it, however many press its button. */
const ENOUGH_MS = 5 * 60_000;

/**
 * Waits until the answer is shown, and makes a job of what is to stand beneath it; a second attempt at the answer makes no
 * second one. `wake` is called when there is one. Throws as Delivery.message and Inbox.accept do.
 */
export async function acceptFollowUp(
  { call }: FollowUp,
  { key, request, delivery }: Beneath,
  { inbox, telemetry, calendar }: AcceptFollowUpTools,
  wake: () => void,
): Promise<void> {
  const message = await delivery.message();
  if (!message) return;
  const further: Request = { ...request, call: { ...call, replyTo: message.messageId } };
  const pressed = `${chatKey(request)}:${message.messageId}:${call.genre}:${call.region}`;
  const beneath = request.call.command === 'press' ? `${pressed}:${Math.floor(calendar() / ENOUGH_MS)}` : key;
  const own = `${beneath}:${call.command}`;
  const options = { lane: 'quick', key: own, groupKey: null, notBefore: 0 } as const;
  const { fresh } = await inbox.accept(further, options);
  if (fresh) telemetry.count({ name: 'requests', platform: request.platform, command: call.command });
  wake();
}
