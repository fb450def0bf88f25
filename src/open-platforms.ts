import type { Config, DiscordConfig } from './config.ts';
import type { PlatformName } from './core/request.ts';
import type { ChatPlatform, PlatformTools } from './platforms/chat-platform.ts';
import { createDiscordCaller } from './platforms/discord/discord-caller.ts';
import { GatewayFront } from './platforms/discord/front.ts';
import { DiscordPlatform } from './platforms/discord/platform.ts';
import { ShardedFront } from './platforms/discord/sharded-front.ts';
import { TelegramPlatform } from './platforms/telegram/platform.ts';

export interface Platforms extends Partial<Readonly<Record<PlatformName, ChatPlatform>>> {
  readonly telegram?: TelegramPlatform;
  readonly discord?: DiscordPlatform;
}

/** Those that there is a token for, not started yet. A new platform joins here. */
export function openPlatforms(
  { telegram, discord, defaultLanguage }: Config,
  tools: PlatformTools,
): Platforms {
  return {
    ...(telegram && { telegram: new TelegramPlatform({ ...telegram, ...tools, defaultLanguage }) }),
    ...(discord && { discord: openDiscord(discord, tools) }),
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
