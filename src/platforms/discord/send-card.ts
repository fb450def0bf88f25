import { RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Encode } from '../../core/action.ts';
import type { Card } from '../../core/card.ts';
import type { Calendar } from '../../core/chat-ports.ts';
import { OutletError } from '../../core/outlet-error.ts';
import type { Plain } from '../../core/request.ts';
import type { Posted } from '../../core/stored-result.ts';
import type { RecentMap } from '../recent-map.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { DiscordAddress, DiscordInteractionAddress, DiscordMessageAddress } from './address.ts';
import type { DiscordCaller } from './discord-caller.ts';
import { DEAD_TOKEN, DiscordRefusal } from './discord-failure.ts';
import { sentMessageSchema } from './event-schema.ts';
import { messageBody, type ShownFile } from './message-body.ts';
import { filesOf } from './picture-of.ts';

export interface SendCardDependencies {
  readonly call: DiscordCaller;
  readonly encode: Encode;
  readonly acknowledgements: Acknowledgements;
  readonly calendar: Calendar;
  /** Of the messages that were shown last. */
  readonly files: RecentMap<readonly ShownFile[]>;
}

/** Where nothing else is said: https://docs.discord.com/developers/reference#uploading-files */
const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** What a token still opens: the answer to the command, or the message that has the button. */
const ORIGINAL = '@original';
const MAY_NOT_REPLY: number = RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory;

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
  if (address.kind === 'message') return postReply(address, card, dependencies, signal);
  return whileAlive(
    address,
    dependencies,
    () => editOriginal(address, card, [], dependencies, signal),
    ({ channelId, interactionId: nonce }) =>
      postInChannel({ channelId, nonce, card, more: {} }, dependencies, signal),
  );
}

/** Without the message that it answers where that is gone, or may not be read by the bot. */
async function postReply(
  { channelId, messageId: nonce }: DiscordMessageAddress,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const post = (more: ChannelPost['more']) =>
    postInChannel({ channelId, nonce, card, more }, dependencies, signal);
  try {
    return await post({ message_reference: { message_id: nonce, fail_if_not_exists: false } });
  } catch (error) {
    if (!(error instanceof DiscordRefusal && error.is(MAY_NOT_REPLY))) throw error;
    return post({});
  }
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
  const original = () => editOriginal(address, card, shown, dependencies, signal);
  return whileAlive(address, dependencies, original, inChannel);
}

/** By the interaction's token; where that is dead, through the channel, if all may see it and the bot may post there. */
async function whileAlive<T>(
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

async function editOriginal(
  { applicationId, token, maxFileBytes }: DiscordInteractionAddress,
  card: Card,
  shown: readonly ShownFile[],
  { call, encode, files }: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const path = Routes.webhookMessage(applicationId, token, ORIGINAL);
  const request = {
    method: 'PATCH',
    path,
    auth: false,
    ...messageBody(card, encode, { shown, maxFileBytes }),
  } as const;
  const sent = await repeatably(() => call('edit answer', request, { signal, repeatable: true }));
  return postedOf(sent, card, files);
}

export interface ChannelPost {
  readonly channelId: string;
  /** At most 25 characters: within some minutes, a second post with it shows nothing new. */
  readonly nonce: string;
  readonly card: Card;
  /** Further fields of the body. */
  readonly more: Readonly<Record<string, unknown>>;
}

export async function postInChannel(
  { channelId, nonce, card, more }: ChannelPost,
  { call, encode, files }: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const { body, files: uploads } = messageBody(card, encode, { shown: [], maxFileBytes: MAX_FILE_BYTES });
  const once = { nonce, enforce_nonce: true };
  const path = Routes.channelMessages(channelId);
  const request = { method: 'POST', path, body: { ...body, ...more, ...once }, files: uploads } as const;
  const sent = await repeatably(() => call('post message', request, { signal, repeatable: true }));
  return postedOf(sent, card, files);
}

async function editInChannel(
  {
    channelId,
    posted,
    card,
    shown,
  }: { channelId: string; posted: Posted; card: Card; shown: readonly ShownFile[] },
  { call, encode, files }: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const path = Routes.channelMessage(channelId, posted.messageId);
  const body = messageBody(card, encode, { shown, maxFileBytes: MAX_FILE_BYTES });
  const request = { method: 'PATCH', path, ...body } as const;
  const sent = await repeatably(() => call('edit message', request, { signal, repeatable: true }));
  return postedOf(sent, card, files);
}

/** After a pause, it is done again as if nothing had happened: it shows the same, whether it was done or not. */
async function repeatably<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof OutletError && error.failure.kind === 'unsure')) throw error;
    throw new OutletError(error.message, { kind: 'later', afterMs: UNSURE_PAUSE_MS }, { cause: error });
  }
}

const UNSURE_PAUSE_MS = 5000;

const shownFiles = z.array(z.object({ id: z.string(), name: z.string() }));

/** null when it is not known what the message has. */
function knownFiles(image: Plain): readonly ShownFile[] | null {
  return image === null ? null : shownFiles.parse(image);
}

/** `image`: the files of the message, to show them again without sending them. */
function postedOf(sent: unknown, card: Card, files: SendCardDependencies['files']): Posted {
  const message = sentMessageSchema.parse(sent);
  const shown = filesOf(message).map(({ id, name }) => ({ id, name }));
  files.set(message.id, shown);
  const names = card.blocks.flatMap((block) => (block.kind === 'image' ? [block.fileName] : []));
  const imageName = names.find((name) => shown.some((file) => file.name === name)) ?? null;
  return { messageId: message.id, imageName, image: imageName === null ? null : shown };
}
