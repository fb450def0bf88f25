import type { DiscordUser } from './discord-types.ts';

interface Named {
  readonly id: string;
  readonly username: string;
  readonly globalName: string | null;
  readonly bot: boolean;
}

/** A person or a bot as Discord tells it. */
export function makeUser({ id, username, globalName, bot }: Named): DiscordUser {
  return {
    id,
    username,
    discriminator: '0',
    global_name: globalName,
    avatar: null,
    bot,
    flags: 0,
    public_flags: 0,
    primary_guild: null,
  };
}
