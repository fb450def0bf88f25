import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Card } from '../../core/card.ts';
import { OutletError } from '../../core/outlet-error.ts';
import type { Plain } from '../../core/request.ts';
import type { Posted } from '../../core/stored-result.ts';
import type { DiscordAddress, DiscordInteractionAddress } from './address.ts';
import {
  editInChannel,
  postedOf,
  postInChannel,
  repeatably,
  replyInChannel,
  type SendCardDependencies,
} from './channel-message.ts';
import { DEAD_TOKEN, DiscordRefusal } from './discord-failure.ts';
import { messageBody, type ShownFile } from './message-body.ts';

/** What a token still opens: the answer to the command, or the message that has the button. */
const ORIGINAL = '@original';

/**
 * Shows a card as the answer: in place of "is thinking", or as a reply in the channel. Done twice within some minutes, it
 * shows one message, of a reply perhaps with the first card: to edit then.
 */
export async function postCard(
  address: DiscordAddress,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  if (address.kind === 'message') {
    const { channelId, messageId } = address;
    return replyInChannel(messageId, { channelId, nonce: messageId, card }, dependencies, signal);
  }
  return whileAlive(
    address,
    dependencies,
    () => editByToken(address, { messageId: ORIGINAL, card, shown: [] }, dependencies, signal),
    ({ channelId, interactionId: nonce }) =>
      postInChannel({ channelId, nonce, card, more: {} }, dependencies, signal),
  );
}

/** Edits a message until it shows the card, sending only the pictures that it does not have. */
export async function editCard(
  address: DiscordAddress,
  posted: Posted,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const before = knownFiles(posted.image) ?? (address.kind === 'interaction' ? address.shown : []);
  // another press may have changed them since this one was made
  const shown = dependencies.files.get(posted.messageId) ?? before;
  const inChannel = () =>
    editInChannel({ channelId: address.channelId, posted, card, shown }, dependencies, signal);
  if (address.kind === 'message') return inChannel();
  const byToken = () => editByToken(address, { messageId: ORIGINAL, card, shown }, dependencies, signal);
  return whileAlive(address, dependencies, byToken, inChannel);
}

/** By the interaction's token; where that is dead, through the channel, if all may see it and the bot may post there. */
export async function whileAlive<T>(
  address: DiscordInteractionAddress,
  { acknowledgements, calendar }: SendCardDependencies,
  byToken: () => Promise<T>,
  inChannel: (address: DiscordInteractionAddress) => Promise<T>,
): Promise<T> {
  const taken = await acknowledgements.taken(address.interactionId);
  let refusal: unknown;
  if (taken && calendar() < address.tokenUntil) {
    try {
      return await byToken();
    } catch (error) {
      if (!(error instanceof DiscordRefusal && error.is(...DEAD_TOKEN))) throw error;
      refusal = error;
    }
  }
  if (address.posts === 'by itself' && !address.ephemeral) return inChannel(address);
  throw new OutletError('the interaction is over', { kind: 'gone' }, { cause: refusal });
}

export interface TokenEdit {
  /** Of the answer, or of a follow-up. */
  readonly messageId: string;
  readonly card: Card;
  /** The files that the message has. */
  readonly shown: readonly ShownFile[];
}

export async function editByToken(
  { applicationId, token, maxFileBytes }: DiscordInteractionAddress,
  { messageId, card, shown }: TokenEdit,
  { call, encode, files }: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const path = Routes.webhookMessage(applicationId, token, messageId);
  const request = {
    method: 'PATCH',
    path,
    auth: false,
    ...messageBody(card, encode, { shown, maxFileBytes }),
  } as const;
  const sent = await repeatably(() => call('edit answer', request, { signal, repeatable: true }));
  return postedOf(sent, card, files);
}

const shownFiles = z.array(z.object({ id: z.string(), name: z.string() }));

/** null when it is not known what the message has. */
function knownFiles(image: Plain): readonly ShownFile[] | null {
  return image === null ? null : shownFiles.parse(image);
}
