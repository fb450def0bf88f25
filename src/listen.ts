import type { Config } from './config.ts';
import type { Log } from './core/chat-ports.ts';
import type { Platforms } from './open-platforms.ts';
import {
  createHttpServer,
  type Health,
  type HttpServerOptions,
  type Webhook,
} from './services/http-server.ts';
import type { LeaderLease } from './services/leader-lease.ts';

export interface ListenOptions {
  readonly config: Config;
  readonly lease: LeaderLease;
  readonly platforms: Platforms;
  readonly metrics: HttpServerOptions['metrics'];
  readonly log: Log;
}

/** Serves health, metrics and the webhook until `closing` is disposed of; the health check. Throws ListenError. */
export async function listen(
  { config, lease, platforms, metrics, log }: ListenOptions,
  closing: AsyncDisposableStack,
): Promise<() => Promise<Health>> {
  const { host } = config;
  const health = async () => (lease.isHeld ? healthOf(platforms) : { leader: lease.health() });
  const webhook = webhookOf(config, platforms);
  const server = createHttpServer({ host, port: config.port, health, metrics, log, ...webhook });
  const { port } = await server.listen();
  closing.defer(() => server.close());
  log.info('listening', { host, port });
  return health;
}

function healthOf(platforms: Platforms): Health {
  return Object.fromEntries(Object.entries(platforms).map(([name, platform]) => [name, platform.health()]));
}

function webhookOf({ telegram: settings }: Config, { telegram }: Platforms): { webhook?: Webhook } {
  if (!settings?.webhook || !telegram) return {};
  const { url, secret } = settings.webhook;
  return {
    webhook: { path: new URL(url).pathname, secret, handle: (update) => telegram.current.handle(update) },
  };
}
