import {
  Client,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  type IIdentifyThrottler,
} from 'discord.js';
import type { Log } from '../../core/chat-ports.ts';
import { TokenRefusedError } from '../token-refused-error.ts';
import { closeError } from './close-error.ts';
import { gatewayClientOptions } from './gateway-client-options.ts';
import { GatewayStrategy, type ShardListener } from './gateway-strategy.ts';
import { shareShardEvents } from './share-shard-events.ts';

export interface BotUser {
  readonly id: string;
  readonly username: string;
}

export interface GatewayListener extends ShardListener {
  /** The connection ended; discord.js takes it up again. Told anew each time that fails. */
  onReconnecting(shard: number): void;
  onError(shard: number, error: Error): void;
  /** It ended for good, for the reason that `closeError` gives. */
  onClosed(shard: number, error: Error): void;
}

export interface ConnectOptions {
  readonly token: string;
  /** Without the version, and without a slash at its end. */
  readonly apiUrl: string;
  readonly shards: 'auto' | 'given';
  readonly identifyThrottler: IIdentifyThrottler | undefined;
  readonly log: Log;
  /** Of dispatches and heartbeats it hears from the beginning, of the rest once all shards are connected. */
  readonly listener: GatewayListener;
}

export interface GatewayConnection {
  readonly bot: BotUser;
  /** Resolves when all sockets are closed. */
  close(): Promise<void>;
}

/**
 * Connects all shards, once; leaves nothing open when that fails. Throws TokenRefusedError, IntentsRefusedError and
 * GatewayClosedError; the signal's reason; where Discord cannot be reached, what discord.js throws.
 */
export async function connectGateway(
  options: ConnectOptions,
  signal: AbortSignal,
): Promise<GatewayConnection> {
  const { token, log, listener } = options;
  signal.throwIfAborted();
  let strategy: GatewayStrategy | undefined;
  const client = new Client(
    gatewayClientOptions(options, signal, (manager) => {
      strategy = new GatewayStrategy(manager, listener, log);
      return strategy;
    }),
  );
  const close = async () => {
    await client.destroy();
    // a client whose login failed was destroyed already, and is perhaps not through with it
    await strategy?.destroy();
  };
  client.on(Events.Error, (error) => log.error('discord.js has failed', { error }));
  shareShardEvents(client);
  try {
    const bot = await login(client, token, signal);
    client.on(Events.ShardReconnecting, (shard) => listener.onReconnecting(shard));
    client.on(Events.ShardError, (error, shard) => listener.onError(shard, error));
    client.on(Events.ShardDisconnect, ({ code }, shard) => listener.onClosed(shard, closeError(code)));
    return { bot, close };
  } catch (error) {
    await close();
    throw isTokenRefused(error) ? new TokenRefusedError('Discord', 'GET /gateway/bot') : error;
  }
}

/** Settles in any case: discord.js tells by events alone of connections that end before they are ready. */
async function login(client: Client, token: string, signal: AbortSignal): Promise<BotUser> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  const { promise: bot, resolve: know } = Promise.withResolvers<BotUser>();
  const abort = () => fail(signal.reason);
  signal.addEventListener('abort', abort);
  client.ws.once(GatewayDispatchEvents.Ready, ({ user }) => know(user));
  client.on(Events.ShardError, fail);
  client.on(Events.ShardReconnecting, () => fail(new Error('the connection ended')));
  client.on(Events.ShardDisconnect, ({ code }) => fail(closeError(code)));
  try {
    return await Promise.race([failed, client.login(token).then(() => bot)]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function isTokenRefused(error: unknown): boolean {
  return (error as { code?: unknown }).code === DiscordjsErrorCodes.TokenInvalid;
}
