import { RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Encode } from '../../core/action.ts';
import type { Card } from '../../core/card.ts';
import type { Calendar } from '../../core/chat-ports.ts';
import { OutletError } from '../../core/outlet-error.ts';
import type { Posted } from '../../core/stored-result.ts';
import type { RecentMap } from '../recent-map.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { DiscordCaller } from './discord-caller.ts';
import { DiscordRefusal } from './discord-failure.ts';
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
const MAY_NOT_REPLY: number = RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory;

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

/** As postInChannel, in answer to a message; without that where it is gone, or may not be read by the bot. */
export async function replyInChannel(
  replyTo: string,
  post: Omit<ChannelPost, 'more'>,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<Posted> {
  const message_reference = { message_id: replyTo, fail_if_not_exists: false };
  try {
    return await postInChannel({ ...post, more: { message_reference } }, dependencies, signal);
  } catch (error) {
    if (!(error instanceof DiscordRefusal && error.is(MAY_NOT_REPLY))) throw error;
    return postInChannel({ ...post, more: {} }, dependencies, signal);
  }
}

export interface ChannelEdit {
  readonly channelId: string;
  readonly posted: Posted;
  readonly card: Card;
  /** The files that the message has. */
  readonly shown: readonly ShownFile[];
}

export async function editInChannel(
  { channelId, posted, card, shown }: ChannelEdit,
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
export async function repeatably<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof OutletError && error.failure.kind === 'unsure')) throw error;
    throw new OutletError(error.message, { kind: 'later', afterMs: UNSURE_PAUSE_MS }, { cause: error });
  }
}

const UNSURE_PAUSE_MS = 5000;

/** `image`: the files of the message, to show them again without sending them. */
export function postedOf(sent: unknown, card: Card, files: SendCardDependencies['files']): Posted {
  const message = sentMessageSchema.parse(sent);
  const shown = filesOf(message).map(({ id, name }) => ({ id, name }));
  files.set(message.id, shown);
  const names = card.blocks.flatMap((block) =>
    block.kind === 'image' || block.kind === 'file' ? [block.fileName] : [],
  );
  const imageName = names.find((name) => shown.some((file) => file.name === name)) ?? null;
  return { messageId: message.id, imageName, image: imageName === null ? null : shown };
}
