import { MessageFlags } from 'discord.js';
import type { Card } from '../../core/card.ts';
import { OutletError } from '../../core/outlet-error.ts';
import type { Posted } from '../../core/stored-result.ts';
import type { DiscordAddress, DiscordInteractionAddress } from './address.ts';
import { editInChannel, replyInChannel, type SendCardDependencies } from './channel-message.ts';
import { DiscordRefusal, TOO_MANY_FOLLOW_UPS } from './discord-failure.ts';
import { followUp } from './follow-up.ts';
import { messageBody } from './message-body.ts';
import { editByToken, whileAlive } from './send-card.ts';

const FOLLOW_UP_MS = 10_000;

export interface Songs {
  /** The message that they go beneath. */
  readonly replyTo: string;
  readonly card: Card;
}

/**
 * Posts songs beneath an answer: by the interaction's token, where a post whose outcome is unknown may be there twice if it
 * is done again; else in the channel, where it is there once.
 */
export async function postSongs(
  address: DiscordAddress,
  { replyTo, card }: Songs,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const { channelId } = address;
  // another one than the answer has, which is the id itself
  const nonce = `t${address.kind === 'message' ? address.messageId : address.interactionId}`;
  const inChannel = () => replyInChannel(replyTo, { channelId, nonce, card }, dependencies, signal);
  if (address.kind === 'message') return inChannel();
  return whileAlive(address, dependencies, () => postByToken(address, card, dependencies, signal), inChannel);
}

async function postByToken(
  address: DiscordInteractionAddress,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const { body } = messageBody(card, dependencies.encode, { shown: [], maxFileBytes: address.maxFileBytes });
  const seen = { ...body, ...(address.ephemeral && { flags: MessageFlags.Ephemeral }) };
  try {
    const { id } = await followUp(address, { body: seen, files: [] }, FOLLOW_UP_MS, dependencies, signal);
    return { messageId: id, imageName: null, image: null };
  } catch (error) {
    if (!(error instanceof DiscordRefusal && error.is(TOO_MANY_FOLLOW_UPS))) throw error;
    throw new OutletError('no more follow-ups', { kind: 'gone' }, { cause: error });
  }
}

/** Edits them: they are never what the token opens by itself. */
export async function editSongs(
  address: DiscordAddress,
  posted: Posted,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const { channelId } = address;
  const inChannel = () => editInChannel({ channelId, posted, card, shown: [] }, dependencies, signal);
  if (address.kind === 'message') return inChannel();
  const { messageId } = posted;
  const byToken = () => editByToken(address, { messageId, card, shown: [] }, dependencies, signal);
  return whileAlive(address, dependencies, byToken, inChannel);
}
