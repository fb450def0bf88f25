import type { DiscordInteractionAddress } from './address.ts';
import type { DiscordInteraction } from './event-schema.ts';

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
const ADMINISTRATOR = 1n << 3n;
const MANAGE_GUILD = 1n << 5n;
const VIEW_CHANNEL = 1n << 10n;
const SEND_MESSAGES = 1n << 11n;
const SEND_MESSAGES_IN_THREADS = 1n << 38n;

/** Any of these lets a person choose what holds for the whole server. */
export const MANAGES_COMMUNITY = ADMINISTRATOR | MANAGE_GUILD;

/** https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
const THREADS = [10, 11, 12];
/** https://docs.discord.com/developers/resources/application#application-object-application-integration-types */
const INSTALLED_TO_GUILD = '0';
const BOT_DM = 1;

/** How the bot can put a message of its own where the interaction is. */
export function postsWhere({
  context,
  guild_id: guildId,
  channel,
  app_permissions: permissions,
  authorizing_integration_owners: owners,
}: DiscordInteraction): DiscordInteractionAddress['posts'] {
  if (context === BOT_DM) return 'by itself';
  // somebody's own app: only the interaction's token opens the channel
  if (guildId === undefined || owners[INSTALLED_TO_GUILD] === undefined) return 'by token';
  const send = THREADS.includes(channel?.type ?? 0) ? SEND_MESSAGES_IN_THREADS : SEND_MESSAGES;
  const has = (wanted: bigint) => (BigInt(permissions) & wanted) === wanted;
  return has(ADMINISTRATOR) || has(VIEW_CHANNEL | send) ? 'by itself' : 'not at all';
}
