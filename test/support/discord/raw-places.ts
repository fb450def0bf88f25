import { botPermissionsIn, isThread } from './channel-rights.ts';
import type { DiscordUser, Json } from './discord-types.ts';
import { MEMBER_PERMISSIONS } from './permission.ts';
import { type Channel, ChannelType, type Guild, type Member } from './place-store.ts';

const JOINED = '2026-01-01T00:00:00.000000+00:00';

/** A channel as Discord tells it. */
export function rawChannel(channel: Channel, botId: string): Json {
  const { id, type, name, guild, people } = channel;
  if (!guild) return { id, type, last_message_id: null, recipients: people, flags: 0 };
  const common = { id, type, name, guild_id: guild.id, last_message_id: null, flags: 0 };
  if (isThread(channel)) return { ...common, ...threadFields(channel) };
  return {
    ...common,
    nsfw: false,
    position: 0,
    parent_id: null,
    topic: null,
    rate_limit_per_user: 0,
    permission_overwrites: overwrites(channel, botId),
    ...(type === ChannelType.forum && {
      available_tags: [],
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
    }),
    ...(type === ChannelType.voice && { bitrate: 64_000, user_limit: 0, rtc_region: null }),
  };
}

function threadFields({ parent, guild, archived }: Channel): Json {
  return {
    parent_id: parent?.id,
    owner_id: guild?.owner.id,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived,
      auto_archive_duration: 1440,
      archive_timestamp: JOINED,
      locked: false,
      create_timestamp: JOINED,
    },
  };
}

// What the bot may not do here, though it may in the guild, and the other way round.
function overwrites(channel: Channel, botId: string): Json[] {
  if (channel.botPermissions === undefined || !channel.guild) return [];
  const here = botPermissionsIn(channel);
  const { botPermissions } = channel.guild;
  return [
    { id: botId, type: 1, allow: String(here & ~botPermissions), deny: String(botPermissions & ~here) },
  ];
}

export function rawMember({ user, nick }: Member, permissions?: bigint): Json {
  return {
    user,
    nick,
    avatar: null,
    banner: null,
    roles: [],
    joined_at: JOINED,
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    ...(permissions !== undefined && { permissions: String(permissions) }),
  };
}

export function rawRoles(guild: Guild, bot: DiscordUser): Json[] {
  const role = (id: string, name: string, permissions: bigint, tags?: Json) => ({
    id,
    name,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: name === '@everyone' ? 0 : 1,
    managed: tags !== undefined,
    mentionable: false,
    flags: 0,
    ...(tags && { tags }),
  });
  // the role that comes with the bot is what gives it its rights
  const own = role(botRoleOf(guild), bot.username, guild.botPermissions, { bot_id: bot.id });
  const everyone = guild.hasBot ? MEMBER_PERMISSIONS & guild.botPermissions : MEMBER_PERMISSIONS;
  return [role(guild.id, '@everyone', everyone), ...(guild.hasBot ? [own] : [])];
}

/** The id of the role that came with the bot. */
export function botRoleOf(guild: Guild): string {
  return String(BigInt(guild.id) + 1n);
}

export function rawGuild(guild: Guild, bot: DiscordUser): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    owner_id: guild.owner.id,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    home_header: null,
    incidents_data: null,
    max_stage_video_channel_users: 50,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    features: [],
    roles: rawRoles(guild, bot),
    emojis: [],
    stickers: [],
  };
}

/** What comes with GUILD_CREATE: the guild, and all there is in it. */
export function guildCreate(guild: Guild, bot: DiscordUser, all: Iterable<Channel>): Json {
  const channels = [...all].filter((channel) => channel.guild === guild);
  const member = { ...rawMember({ user: bot, nick: null, permissions: 0n }), roles: [botRoleOf(guild)] };
  return {
    ...rawGuild(guild, bot),
    joined_at: JOINED,
    large: false,
    unavailable: false,
    member_count: guild.members.size + 2,
    members: [member],
    channels: channels.filter((channel) => !isThread(channel)).map((channel) => rawChannel(channel, bot.id)),
    threads: channels.filter(isThread).map((channel) => rawChannel(channel, bot.id)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
