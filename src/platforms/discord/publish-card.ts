import { MessageFlags, Routes } from 'discord.js';
import type { Card } from '../../core/card.ts';
import { OutletError } from '../../core/outlet-error.ts';
import { UserError } from '../../core/user-error.ts';
import type { DiscordAddress, DiscordInteractionAddress } from './address.ts';
import { postInChannel, type SendCardDependencies } from './channel-message.ts';
import { DEAD_TOKEN, DiscordRefusal, MISSING_PERMISSIONS, TOO_MANY_FOLLOW_UPS } from './discord-failure.ts';
import { followUp, isUnsure } from './follow-up.ts';
import { messageBody } from './message-body.ts';
import { orWithoutAttachments } from './or-without-attachments.ts';

const QUICK_MS = 5000;
/** With pictures. */
const POST_MS = 30_000;

/** Posts a card as a message of its own, for all in the channel. Throws UserError may-not-post, OutletError. */
export async function publishCard(
  address: DiscordAddress,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<void> {
  if (address.kind === 'message' || address.posts === 'not at all') throw new UserError('may-not-post', {});
  const { channelId, interactionId: nonce } = address;
  try {
    if (address.posts === 'by token') return await publishAsGuest(address, card, dependencies, signal);
    await orWithoutAttachments(card, (shown) =>
      postInChannel({ channelId, nonce, card: shown, more: {} }, dependencies, signal),
    );
  } catch (error) {
    if (error instanceof DiscordRefusal && error.is(...DEAD_TOKEN)) {
      throw new OutletError('the interaction is over', { kind: 'gone' }, { cause: error });
    }
    const mayNot =
      (error instanceof OutletError && error.failure.kind === 'gone') ||
      (error instanceof DiscordRefusal && error.is(MISSING_PERMISSIONS, TOO_MANY_FOLLOW_UPS));
    throw mayNot ? new UserError('may-not-post', {}, { cause: error }) : error;
  }
}

/** Where people may not use their own apps in public, Discord shows it to them alone: then it is taken back. */
async function publishAsGuest(
  address: DiscordInteractionAddress,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { applicationId, token, maxFileBytes } = address;
  const body = messageBody(card, dependencies.encode, { shown: [], maxFileBytes });
  const sent = await followUp(address, body, POST_MS, dependencies, signal).catch((error: unknown) => {
    if (isUnsure(error)) return null; // it may be there, and must not be there twice
    throw error;
  });
  if (!sent || ((sent.flags ?? 0) & MessageFlags.Ephemeral) === 0) return;
  const path = Routes.webhookMessage(applicationId, token, sent.id);
  const options = { signal, repeatable: true, limitMs: QUICK_MS };
  await dependencies.call('take back', { method: 'DELETE', path, auth: false }, options).catch(() => {});
  throw new UserError('may-not-post', {});
}
