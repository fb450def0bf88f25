import { parseGenre } from '../../core/parse-words.ts';
import type { Incoming } from '../../core/reception.ts';
import { type Call, type PressCall, refuse } from '../../core/request.ts';
import type { DiscordInteractionAddress } from './address.ts';
import type { DiscordInteraction, DiscordMessage } from './event-schema.ts';
import { parseChatCommand, parseMessageCommand } from './parse-command.ts';
import { MANAGES_COMMUNITY, postsWhere } from './permission.ts';
import { attachmentsOf, filesOf, imageOf, picturesOf, senderOf, vibeCall } from './picture-of.ts';

export interface DiscordIntake {
  readonly incoming: Incoming;
  /** How to tell Discord, within three seconds, that an answer will come. */
  readonly acknowledge: Acknowledgement;
}

export interface Acknowledgement {
  readonly interactionId: string;
  readonly token: string;
  readonly type: typeof DEFERRED_MESSAGE | typeof DEFERRED_UPDATE;
  readonly ephemeral: boolean;
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object */
export const DEFERRED_MESSAGE = 5;
export const DEFERRED_UPDATE = 6;

/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const EPHEMERAL = 1 << 6;

/** Of the quarter of an hour that a token lives; the rest is for clocks that differ. */
const TOKEN_LASTS_MS = 14 * 60_000;

/** The contexts in which interactions are: the chat with the bot has nobody else. */
const BOT_DM = 1;

/** What a command, a press or a choice asks. `now` in milliseconds since 1970. */
export function intakeInteraction(interaction: DiscordInteraction, now: number): DiscordIntake | null {
  const { id, application_id: applicationId, token, channel_id: channelId, guild_id: guildId } = interaction;
  const asker = interaction.member?.user ?? interaction.user;
  if (!asker) return null;
  const shared = interaction.context !== BOT_DM;
  const { call, isPrivate } = asked(interaction, asker.id);
  const isPress = interaction.type === 3;
  const ephemeral = isPress ? (interaction.message.flags & EPHEMERAL) !== 0 : isPrivate && shared;
  const posts = postsWhere(interaction);
  const tokenUntil = now + TOKEN_LASTS_MS;
  const address: DiscordInteractionAddress = {
    kind: 'interaction',
    interactionId: id,
    applicationId,
    token,
    tokenUntil,
    channelId,
    ephemeral,
    posts,
    managesCommunity: (BigInt(interaction.member?.permissions ?? 0) & MANAGES_COMMUNITY) !== 0n,
    maxFileBytes: interaction.attachment_size_limit,
    shown: isPress ? filesOf(interaction.message).map(({ id: at, name }) => ({ id: at, name })) : [],
  };
  const request = {
    platform: 'discord',
    asker: { id: asker.id, locale: interaction.locale ?? null },
    chat: { id: channelId, shared, community: guildId ?? null },
    address: { ...address },
    call,
    ...(ephemeral && { aside: true as const }),
    // what all may see can be shown through the channel for ever
    answerBy: posts === 'by itself' && !ephemeral ? null : tokenUntil,
  } as const;
  return {
    incoming: { request, key: `discord:interaction:${id}`, groupKey: null, uncounted: true },
    acknowledge: {
      interactionId: id,
      token,
      type: isPress ? DEFERRED_UPDATE : DEFERRED_MESSAGE,
      ephemeral: ephemeral && !isPress,
    },
  };
}

function asked(
  interaction: DiscordInteraction,
  askerId: string,
): { readonly call: Call; readonly isPrivate: boolean } {
  if (interaction.type === 3) return { call: pressCall(interaction), isPrivate: false };
  const { data, application_id: botId } = interaction;
  return data.type === 1 ? parseChatCommand(data, askerId) : parseMessageCommand(data, botId);
}

/** A button's data is in its custom id, a list's in what was chosen. */
function pressCall({ data, message, channel_id: channelId }: DiscordInteraction & { type: 3 }): PressCall {
  const source = { channelId, messageId: message.id };
  return {
    command: 'press',
    data: data.values[0] ?? data.custom_id,
    messageId: message.id,
    pictures: filesOf(message).map((each) => ({ name: each.name, reference: imageOf(each, source) })),
  };
}

/** Of messages, ordinary ones and replies: https://docs.discord.com/developers/resources/message#message-object-message-types */
const REPLY = 19;
const SPOKEN = [0, REPLY];

/** What a message asks; null: nothing of us. */
export function intakeMessage(message: DiscordMessage, botId: string): Incoming | null {
  const { id, author, channel_id: channelId, guild_id: guildId } = message;
  if (author.bot || message.webhook_id !== undefined || !SPOKEN.includes(message.type)) return null;
  const call = guildId === undefined ? directCall(message, botId) : mentionCall(message, botId);
  if (!call) return null;
  return {
    request: {
      platform: 'discord',
      asker: { id: author.id, locale: null },
      chat: { id: channelId, shared: guildId !== undefined, community: guildId ?? null },
      address: { kind: 'message', channelId, messageId: id },
      call,
      answerBy: null,
    },
    key: `discord:message:${id}`,
    groupKey: null,
  };
}

/** In the chat with the bot everything is for us. */
function directCall(message: DiscordMessage, botId: string): Call {
  return pictureCall(message) ?? repliedCall(message, botId) ?? { command: 'help', asked: true };
}

/** In a server only what names us: Discord shows us the content of nothing else. */
function mentionCall(message: DiscordMessage, botId: string): Call | null {
  if (!message.mentions.some(({ id }) => id === botId)) return null;
  const own = pictureCall(message);
  if (own) return own;
  const isNamed = new RegExp(`<@!?${botId}>`).test(message.content); // else it only replies to us
  const replied = repliedCall(message, botId);
  if (replied && isNamed) return replied;
  // the message that it answers may be empty, or left out altogether; null: it is deleted
  const { type, referenced_message: answered } = message;
  const isHidden = type === REPLY && answered !== null && answered?.author.id !== botId;
  return isHidden && isNamed ? refuse('hidden-picture', {}) : { command: 'help', asked: isNamed };
}

/** The pictures that came with the message, or a word about what came in their place; null: nothing came. */
function pictureCall(message: DiscordMessage): Call | null {
  const pictures = picturesOf(message);
  const source = { channelId: message.channel_id, messageId: message.id };
  if (pictures.length > 0) return vibeCall(pictures, source, genreIn(message.content), senderOf(message));
  return attachmentsOf(message).length > 0 ? refuse('not-an-image', {}) : null;
}

/** The pictures of the message that this one answers, where Discord shows them. */
function repliedCall(
  { referenced_message: replied, content, channel_id: channelId }: DiscordMessage,
  botId: string,
) {
  if (!replied || replied.author.id === botId) return null; // a heatmap is no photo
  const pictures = picturesOf({ ...replied, message_snapshots: [] });
  if (pictures.length === 0) return null;
  return vibeCall(pictures, { channelId, messageId: replied.id }, genreIn(content), senderOf(replied));
}

function genreIn(content: string) {
  return (
    content
      .split(/\s+/)
      .map(parseGenre)
      .find((genre) => genre !== null) ?? null
  );
}
