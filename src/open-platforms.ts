import type { Config, DiscordConfig } from './config.ts';
import type { PlatformName } from './core/request.ts';
import type { ChatPlatform, PlatformTools } from './platforms/chat-platform.ts';
import { createDiscordCaller } from './platforms/discord/discord-caller.ts';
import { GatewayFront } from './platforms/discord/front.ts';
import { DiscordPlatform } from './platforms/discord/platform.ts';
import { ShardedFront } from './platforms/discord/sharded-front.ts';
import { RestartablePlatform } from './platforms/restartable-platform.ts';
import { TelegramPlatform } from './platforms/telegram/platform.ts';
import type { ChangingCredentials } from './services/credentials.ts';

export interface Platforms extends Partial<Readonly<Record<PlatformName, ChatPlatform>>> {
  readonly telegram?: RestartablePlatform<TelegramPlatform>;
  readonly discord?: RestartablePlatform<DiscordPlatform>;
}

/** Those that there is a token for, not started yet; they start again when it changes. A new platform joins here. */
export function openPlatforms(
  { telegram, discord, defaultLanguage }: Config,
  tools: PlatformTools,
  credentials: ChangingCredentials,
): Platforms {
  const common = { ...tools, credentials };
  return {
    ...(telegram && {
      telegram: new RestartablePlatform({
        ...common,
        name: 'Telegram',
        setting: 'TELEGRAM_TOKEN',
        token: telegram.token,
        open: (token) => new TelegramPlatform({ ...telegram, ...tools, token, defaultLanguage }),
      }),
    }),
    ...(discord && {
      discord: new RestartablePlatform({
        ...common,
        name: 'Discord',
        setting: 'DISCORD_TOKEN',
        token: discord.token,
        open: (token) => openDiscord({ ...discord, token }, tools),
      }),
    }),
  };
}

function openDiscord(
  { token, apiUrl, cdnHosts, shards }: DiscordConfig,
  tools: PlatformTools,
): DiscordPlatform {
  const call = createDiscordCaller({ token, apiUrl, ...tools });
  const front =
    shards === null
      ? new GatewayFront({ token, apiUrl, call, shards: 'auto', ...tools })
      : new ShardedFront({ token, call, shards, ...tools });
  return new DiscordPlatform({ front, call, cdnHosts, ...tools });
}
