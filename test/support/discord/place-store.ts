import type { Clock } from './clock.ts';
import type { DiscordUser } from './discord-types.ts';
import { makeUser } from './make-user.ts';
import { BOT_PERMISSIONS, MEMBER_PERMISSIONS } from './permission.ts';

export const ChannelType = {
  text: 0,
  dm: 1,
  voice: 2,
  groupDm: 3,
  announcement: 5,
  thread: 11,
  privateThread: 12,
  forum: 15,
} as const;

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly owner: DiscordUser;
  /** Whether the bot is a member; without it, only those who have installed it for themselves can use it there. */
  hasBot: boolean;
  botPermissions: bigint;
  readonly members: Map<string, Member>;
  /** A text channel that every guild has. */
  readonly general: Channel;
}

export interface Member {
  readonly user: DiscordUser;
  permissions: bigint;
  readonly nick: string | null;
}

export interface Channel {
  readonly id: string;
  readonly type: number;
  readonly name: string | null;
  readonly guild: Guild | undefined;
  /** The channel of a thread. */
  readonly parent: Channel | undefined;
  /** Who is in it, for channels of no guild. */
  readonly people: readonly DiscordUser[];
  /** Whether the bot takes part, for channels of no guild. */
  readonly hasBot: boolean;
  /** What the bot may do here; undefined where it is the same as everywhere in the guild. */
  botPermissions: bigint | undefined;
  archived: boolean;
}

export interface UserOptions {
  readonly id?: string;
  readonly username?: string;
  readonly globalName?: string;
  readonly bot?: boolean;
}

export interface GuildOptions {
  readonly id?: string;
  readonly name?: string;
  readonly locale?: string;
  readonly owner?: DiscordUser;
  readonly bot?: boolean;
  readonly botPermissions?: bigint;
}

export interface ChannelOptions {
  readonly id?: string;
  readonly name?: string;
  readonly type?: keyof typeof ChannelType;
  readonly botPermissions?: bigint;
}

export interface MemberOptions {
  readonly permissions?: bigint;
  readonly nick?: string;
}

/** The people on the server, and where they meet. */
export class PlaceStore {
  readonly users = new Map<string, DiscordUser>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  /** People who take no messages from the bot. */
  readonly blocked = new Set<string>();
  readonly #dms = new Map<string, Channel>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addUser(options: UserOptions = {}): DiscordUser {
    const id = options.id ?? this.#clock.snowflake();
    const { username = `person_${this.users.size}`, globalName = null, bot = false } = options;
    const user = makeUser({ id, username, globalName, bot });
    this.users.set(id, user);
    return user;
  }

  addGuild({ id, name, locale = 'en-US', owner, bot = true, botPermissions }: GuildOptions): Guild {
    const guildId = id ?? this.#clock.snowflake();
    const general: Channel = {
      ...this.#blank(ChannelType.text, 'general'),
      get guild() {
        return guild;
      },
    };
    const guild: Guild = {
      id: guildId,
      name: name ?? `Guild ${this.guilds.size + 1}`,
      locale,
      owner: owner ?? this.addUser(),
      hasBot: bot,
      botPermissions: botPermissions ?? BOT_PERMISSIONS,
      members: new Map(),
      general,
    };
    this.channels.set(general.id, general);
    this.guilds.set(guild.id, guild);
    return guild;
  }

  addMember(guild: Guild, user: DiscordUser, { permissions, nick = undefined }: MemberOptions = {}): Member {
    const known = guild.members.get(user.id);
    const usual = user.id === guild.owner.id ? MEMBER_PERMISSIONS | (1n << 3n) : MEMBER_PERMISSIONS;
    if (known && permissions === undefined && nick === undefined) return known;
    const member: Member = {
      user,
      permissions: permissions ?? known?.permissions ?? usual,
      nick: nick ?? null,
    };
    guild.members.set(user.id, member);
    return member;
  }

  addChannel(
    guild: Guild,
    { id, name = 'channel', type = 'text', botPermissions }: ChannelOptions = {},
  ): Channel {
    return this.#add({ ...this.#blank(ChannelType[type], name, id), guild, botPermissions });
  }

  addThread(
    parent: Channel,
    { id, name = 'thread', type = 'thread', botPermissions }: ChannelOptions = {},
  ): Channel {
    const { guild } = parent;
    return this.#add({ ...this.#blank(ChannelType[type], name, id), guild, parent, botPermissions });
  }

  /** The channel of the bot with somebody: always the same one. */
  dm(user: DiscordUser): Channel {
    const known = this.#dms.get(user.id);
    if (known) return known;
    const made = this.#add({ ...this.#blank(ChannelType.dm, null), people: [user], hasBot: true });
    this.#dms.set(user.id, made);
    return made;
  }

  /** A channel of people among themselves; the bot is there only as somebody's own app. */
  addPrivateChannel(people: readonly DiscordUser[]): Channel {
    return this.#add({
      ...this.#blank(people.length > 2 ? ChannelType.groupDm : ChannelType.dm, null),
      people,
    });
  }

  #blank(type: number, name: string | null, id = this.#clock.snowflake()): Channel {
    return {
      id,
      type,
      name,
      guild: undefined,
      parent: undefined,
      people: [],
      hasBot: false,
      botPermissions: undefined,
      archived: false,
    };
  }

  #add(channel: Channel): Channel {
    this.channels.set(channel.id, channel);
    return channel;
  }
}
