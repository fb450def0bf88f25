import { type ClientOptions, DefaultRestOptions, GatewayIntentBits, type WebSocketOptions } from 'discord.js';
import type { ConnectOptions } from './connect-gateway.ts';

/** For interactions, direct messages and messages in servers that mention the bot; none is privileged. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** What discord.js needs to connect once, and to leave off when the signal aborts. */
export function gatewayClientOptions(
  { apiUrl, shards, identifyThrottler }: ConnectOptions,
  signal: AbortSignal,
  buildStrategy: NonNullable<WebSocketOptions['buildStrategy']>,
): ClientOptions {
  return {
    intents: INTENTS,
    // left out, discord.js takes what its ShardingManager has set
    ...(shards === 'auto' && { shards }),
    waitGuildTimeout: 0,
    rest: {
      api: apiUrl,
      // whoever connects tries again, and can be stopped meanwhile
      retries: 0,
      rejectOnRateLimit: () => true,
      makeRequest: (url, { signal: limit, ...init }) =>
        DefaultRestOptions.makeRequest(url, {
          ...init,
          signal: limit ? AbortSignal.any([limit, signal]) : signal,
        }),
    },
    ws: {
      buildStrategy,
      ...(identifyThrottler && { buildIdentifyThrottler: () => identifyThrottler }),
    },
  };
}
