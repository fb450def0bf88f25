import { refuse } from './api-refusal.ts';
import type { CallContext, Methods } from './method.ts';
import type { Guild } from './place-store.ts';
import { rawGuild, rawMember, rawRoles } from './raw-places.ts';

/** What the bot asks about itself and the guilds it is in. */
export const setupMethods: Methods = {
  get_my_user: ({ world }) => ({
    ...world.bot,
    verified: true,
    mfa_enabled: false,
    flags: 0,
    email: null,
    locale: 'en-US',
  }),

  get_my_application: ({ world: { bot, places } }) => ({
    id: bot.id,
    name: bot.username,
    icon: null,
    description: '',
    bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: ''.padEnd(64, '0'),
    flags: 0,
    flags_new: '0',
    type: null,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: bot,
    team: null,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    integration_types_config: { 0: {}, 1: {} },
    approximate_guild_count: [...places.guilds.values()].filter(({ hasBot }) => hasBot).length,
  }),

  get_user({ world, path }) {
    const user = world.places.users.get(path['user_id'] ?? '');
    if (!user) throw refuse(10013);
    return user;
  },

  list_my_guilds: ({ world: { places } }) =>
    [...places.guilds.values()]
      .filter(({ hasBot }) => hasBot)
      .map(({ id, name, botPermissions }) => ({
        ...{ id, name, icon: null, banner: null, owner: false, features: [] },
        permissions: String(botPermissions),
      })),

  get_guild: (context) => rawGuild(guildOf(context), context.world.bot),
  list_guild_roles: (context) => rawRoles(guildOf(context), context.world.bot),

  get_guild_member(context) {
    const guild = guildOf(context);
    const { world, path } = context;
    if (path['user_id'] === world.bot.id) return rawMember({ user: world.bot, permissions: 0n, nick: null });
    const member = guild.members.get(path['user_id'] ?? '');
    if (!member) throw refuse(10007);
    return rawMember(member);
  },

  leave_guild(context) {
    const guild = guildOf(context);
    guild.hasBot = false;
    context.world.dispatch('GUILD_DELETE', { id: guild.id }, { guildId: guild.id });
  },
};

function guildOf({ world, path }: CallContext): Guild {
  const guild = world.places.guilds.get(path['guild_id'] ?? '');
  if (!guild?.hasBot) throw refuse(10004);
  return guild;
}
