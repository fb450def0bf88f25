import type { FileGiven } from './attachment-store.ts';
import type { DiscordMessage, DiscordUser, Json } from './discord-types.ts';
import type { StoredMessage } from './message-store.ts';
import type { Channel } from './place-store.ts';
import { botRoleOf, rawMember } from './raw-places.ts';
import type { World } from './world.ts';
import { announce, blankMessage, mentionsIn } from './write-message.ts';

const REPLY = 19;

/** Who writes a message, and where. */
export interface Sending {
  readonly from: DiscordUser;
  /** The sender's direct messages with the bot unless told. */
  readonly channel?: Channel;
  readonly files?: readonly FileGiven[];
  readonly embeds?: readonly Json[];
  /** The message it answers. */
  readonly replyTo?: { readonly id: string };
  /** Whether the one who is answered is mentioned by it; true unless told. */
  readonly ping?: boolean;
  /** Lets the bot see the content of the message that is answered; without, it comes empty. */
  readonly keepReferenced?: boolean;
  /** Sent by a webhook and no person. */
  readonly webhook?: boolean;
  /** Another kind than an ordinary message or a reply, such as 7 for somebody who has joined. */
  readonly type?: number;
  /** Fields that nothing else here can make. */
  readonly more?: Partial<DiscordMessage>;
}

/** A message as Discord makes it when somebody sends this; the gateway tells the bot. */
export function sendMessage(world: World, content: string, sending: Sending): DiscordMessage {
  const { from, files = [], webhook = false, keepReferenced = false, embeds = [] } = sending;
  const channel = sending.channel ?? world.places.dm(from);
  const stored = files.map((file) => world.attachments.add(channel.id, fileOf(file)));
  const { referenced, ...replyFields } = replyOf(world, sending);
  const raw: DiscordMessage = {
    ...blankMessage(world, { channel, author: from }),
    ...(channel.guild && !webhook && { member: memberOf(world, channel, from) }),
    content,
    embeds,
    mention_everyone: /@(?:everyone|here)\b/.test(content),
    mentions: mentionsOf(world, content, referenced, sending),
    mention_roles: mentionedRoles(content, channel),
    attachments: stored.map((file) => world.attachments.describe(file)),
    ...replyFields,
    ...(webhook && { webhook_id: world.clock.snowflake() }),
    ...(sending.type !== undefined && { type: sending.type }),
    ...sending.more,
  };
  world.messages.add({ raw, files: stored });
  const isThere = channel.guild ? channel.guild.hasBot : channel.hasBot;
  if (isThere)
    world.dispatch('MESSAGE_CREATE', world.presentEvent(raw), { guildId: raw.guild_id, keepReferenced });
  return raw;
}

/** A file as people attach it: what is hidden until one clicks says so in its name. */
export function fileOf(file: FileGiven): FileGiven {
  const { name = 'photo.jpg', spoiler } = file;
  return { ...file, name: spoiler && !name.startsWith('SPOILER_') ? `SPOILER_${name}` : name };
}

/** Changes what somebody has written. */
export function rewriteMessage(world: World, id: string, content: string): DiscordMessage {
  const stored = world.messages.get(id);
  if (!stored) throw new Error(`there is no message ${id} to edit`);
  const mentions = mentionsIn(world, content);
  stored.raw = { ...stored.raw, content, mentions, edited_timestamp: world.clock.iso() };
  stored.edits += 1;
  announce(world, 'MESSAGE_UPDATE', stored);
  return stored.raw;
}

/** Tells the gateway that a message is gone. */
export function announceDeletion(world: World, { raw, ephemeralFor }: StoredMessage): void {
  const { id, channel_id, guild_id } = raw;
  const channel = world.places.channels.get(channel_id);
  const isSeen = channel?.guild ? channel.guild.hasBot : channel?.hasBot;
  if (ephemeralFor !== undefined || !isSeen) return;
  world.dispatch('MESSAGE_DELETE', { id, channel_id, ...(guild_id && { guild_id }) }, { guildId: guild_id });
}

function memberOf(world: World, { guild }: Channel, from: DiscordUser): Json {
  if (!guild) return {};
  const { user: _, ...member } = rawMember(world.places.addMember(guild, from));
  return member;
}

function replyOf(world: World, { replyTo, channel }: Sending) {
  const stored = world.messages.get(replyTo?.id);
  if (!replyTo) return {};
  if (!stored) throw new Error(`there is no message ${replyTo.id} to answer`);
  const { referenced_message: _, ...referenced } = stored.raw;
  return {
    type: REPLY,
    message_reference: {
      type: 0,
      message_id: referenced.id,
      channel_id: referenced.channel_id,
      ...(channel?.guild && { guild_id: channel.guild.id }),
    },
    referenced_message: stored.deleted ? null : referenced,
    referenced,
  };
}

function mentionsOf(
  world: World,
  content: string,
  referenced: DiscordMessage | undefined,
  { ping = true }: Sending,
): readonly DiscordUser[] {
  const mentioned = mentionsIn(world, content);
  // who answers an interaction's answer mentions nobody: the person's name stands above it, not the bot's
  const answered = ping && !referenced?.interaction_metadata ? referenced?.author : undefined;
  return answered && !mentioned.some(({ id }) => id === answered.id) ? [...mentioned, answered] : mentioned;
}

function mentionedRoles(content: string, { guild }: Channel): string[] {
  const roles = [...content.matchAll(/<@&(\d+)>/g)].map(([, id = '']) => id);
  return guild ? roles.filter((id) => id === botRoleOf(guild)) : [];
}
