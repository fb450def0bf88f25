import type { DiscordMessage } from './discord-types.ts';
import type { World } from './world.ts';

export const MESSAGE_CONTENT = 1 << 15;

interface Sight {
  /** The intents of who looks; those the bot was granted unless told. */
  readonly intents?: number;
  /** Leaves a message that is answered as it is. */
  readonly keepReferenced?: boolean;
}

/**
 * A message as the bot gets to see it: without the intent for it, what people write in a server is empty,
 * unless they mention the bot. A message that is answered is always empty, save the bot's own.
 */
export function withoutContent(world: World, raw: DiscordMessage, sight: Sight = {}): DiscordMessage {
  const { intents = world.privilegedIntents, keepReferenced = false } = sight;
  const isDirect = world.places.channels.get(raw.channel_id)?.guild === undefined;
  if ((intents & MESSAGE_CONTENT) !== 0 || isDirect) return raw;
  const isOwn = (message: DiscordMessage) => message.author.id === world.bot.id;
  const isMeant = isOwn(raw) || raw.mentions.some(({ id }) => id === world.bot.id);
  const seen = isMeant ? raw : emptied(raw);
  const { referenced_message: answered } = seen;
  if (!answered || keepReferenced || isOwn(answered)) return seen;
  return { ...seen, referenced_message: emptied(answered) };
}

const NOTHING = { content: '', embeds: [], attachments: [], components: [] };

function emptied(raw: DiscordMessage): DiscordMessage {
  const { message_snapshots: forwarded } = raw;
  return {
    ...raw,
    ...NOTHING,
    ...(forwarded && {
      message_snapshots: forwarded.map(({ message }) => ({ message: { ...message, ...NOTHING } })),
    }),
  };
}
