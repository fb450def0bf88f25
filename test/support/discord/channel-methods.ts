import { type ApiRefusal, invalidForm, refuse } from './api-refusal.ts';
import { botPermissionsIn, isThread } from './channel-rights.ts';
import { UPLOAD_LIMIT } from './check-message.ts';
import { Flag, type MessageBody } from './discord-types.ts';
import { withoutContent } from './hide-content.ts';
import type { StoredMessage } from './message-store.ts';
import type { CallContext, Methods } from './method.ts';
import { announceDeletion } from './people-messages.ts';
import { isIn, Permission } from './permission.ts';
import { type Channel, ChannelType } from './place-store.ts';
import { rawChannel } from './raw-places.ts';
import { editMessage, postMessage } from './write-message.ts';

const POST_FLAGS = Flag.suppressEmbeds | Flag.suppressNotifications | Flag.componentsV2;
const EDIT_FLAGS = Flag.suppressEmbeds | Flag.componentsV2;
/** Discord says no more than "the past few minutes". */
const NONCE_LIFE = 5 * 60_000;
/** What people and bots write; all else is Discord's own. */
const ANSWERABLE: ReadonlySet<number> = new Set([0, 19, 20, 23]);

/** What the bot does in channels by its own right. */
export const channelMethods: Methods = {
  get_channel: ({ world, path }) => rawChannel(channelOf({ world, path }), world.bot.id),

  create_message({ world, path, body, files }) {
    const channel = channelOf({ world, path });
    const content = body as MessageBody;
    checkRights(channel, content, files.length > 0);
    if (channel.people.some(({ id }) => world.places.blocked.has(id))) throw refuse(50007);
    if (channel.archived) throw refuse(50083);
    const twin = twinOf({ world, path }, content);
    if (twin) return world.present(twin.raw);
    const draft = { body: content, files, limit: UPLOAD_LIMIT, allowedFlags: POST_FLAGS };
    return world.present(
      postMessage(world, draft, { channel, more: replyFields({ world, path }, content) }).raw,
    );
  },

  get_message({ world, path }) {
    needRight(channelOf({ world, path }), Permission.readMessageHistory);
    return shown({ world }, messageOf({ world, path }));
  },

  list_messages({ world, path, query }) {
    const channel = channelOf({ world, path });
    needRight(channel, Permission.readMessageHistory);
    const { before, after, limit = 50 } = query;
    return world.messages
      .in(channel.id)
      .filter(({ raw, deleted, ephemeralFor }) => {
        const id = BigInt(raw.id);
        const isBetween = (!before || id < BigInt(before)) && (!after || id > BigInt(after));
        return isBetween && !deleted && ephemeralFor === undefined;
      })
      .toReversed()
      .slice(0, Number(limit))
      .map((message) => shown({ world }, message));
  },

  update_message({ world, path, body, files }) {
    const { archived } = channelOf({ world, path });
    const message = messageOf({ world, path });
    if (!message.fromBot) throw refuse(50005);
    if (archived) throw refuse(50083);
    const draft = { body: body as MessageBody, files, limit: UPLOAD_LIMIT, allowedFlags: EDIT_FLAGS };
    return world.present(editMessage(world, message, draft).raw);
  },

  delete_message({ world, path }) {
    const channel = channelOf({ world, path });
    const message = messageOf({ world, path });
    if (!message.fromBot) needRight(channel, Permission.manageMessages);
    message.deleted = true;
    announceDeletion(world, message);
  },

  trigger_typing_indicator({ world, path }) {
    const channel = channelOf({ world, path });
    needRight(channel, rightToSend(channel));
  },

  create_dm({ world, body }) {
    const user = world.places.users.get(String(body['recipient_id']));
    if (!user) throw refuse(10013);
    if (user.bot) throw refuse(50007);
    return rawChannel(world.places.dm(user), world.bot.id);
  },
};

type Located = Pick<CallContext, 'world' | 'path'>;

function channelOf({ world, path }: Located): Channel {
  const channel = world.places.channels.get(path['channel_id'] ?? '');
  if (!channel) throw refuse(10003);
  if (!isIn(botPermissionsIn(channel), Permission.viewChannel)) throw refuse(50001);
  return channel;
}

function messageOf({ world, path }: Located): StoredMessage {
  const message = world.messages.get(path['message_id']);
  const isThere = message && message.raw.channel_id === path['channel_id'] && !message.deleted;
  if (!isThere || message.ephemeralFor !== undefined) throw refuse(10008);
  return message;
}

function needRight(channel: Channel, permission: bigint): void {
  if (!isIn(botPermissionsIn(channel), permission)) throw refuse(50013);
}

function checkRights(channel: Channel, { message_reference }: MessageBody, hasFiles: boolean): void {
  if (channel.type === ChannelType.forum) throw refuse(50008);
  needRight(channel, rightToSend(channel));
  if (hasFiles) needRight(channel, Permission.attachFiles);
  const mayRead = isIn(botPermissionsIn(channel), Permission.readMessageHistory);
  if (message_reference && !mayRead) throw refuse(160002);
}

function rightToSend(channel: Channel): bigint {
  return isThread(channel) ? Permission.sendMessagesInThreads : Permission.sendMessages;
}

// The bot's own message with the same nonce, where that is to be unique.
function twinOf({ world, path }: Located, { nonce, enforce_nonce }: MessageBody): StoredMessage | undefined {
  if (!enforce_nonce || !nonce) return undefined;
  return world.messages.withNonce(path['channel_id'] ?? '', nonce, world.clock.now() - NONCE_LIFE);
}

function replyFields({ world, path }: Located, { message_reference }: MessageBody) {
  if (!message_reference) return {};
  const { message_id, fail_if_not_exists } = message_reference;
  const answered = world.messages.get(message_id);
  const isThere = answered && !answered.deleted && answered.raw.channel_id === path['channel_id'];
  if (isThere) {
    if (!ANSWERABLE.has(answered.raw.type)) throw cannotAnswer('REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE');
    const { referenced_message: _, ...shallow } = answered.raw;
    const reference = { type: 0, message_id: answered.raw.id, channel_id: answered.raw.channel_id };
    return { type: 19, message_reference: reference, referenced_message: shallow };
  }
  if (fail_if_not_exists === false) return {};
  throw cannotAnswer('REPLIES_UNKNOWN_MESSAGE');
}

// No mistake of the client's: somebody else may have deleted the message, or Discord has written it.
function cannotAnswer(code: string): ApiRefusal {
  const problem = { path: ['message_reference'], code, message: 'This message cannot be answered' };
  return invalidForm([problem], { violation: false });
}

function shown({ world }: Pick<CallContext, 'world'>, { raw }: StoredMessage) {
  return withoutContent(world, world.present(raw));
}
