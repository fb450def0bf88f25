/** What is needed of a shard of @discordjs/ws; a part of it its own declarations hide. */
export interface InnerShard {
  readonly id: number;
  readonly connection: InnerSocket | null;
  internalConnect(): Promise<void>;
  destroy(options: { readonly code: number }): Promise<void>;
}

interface InnerSocket {
  readonly readyState: number;
  on(event: 'error', listener: () => void): void;
  once(event: 'close', listener: () => void): void;
  terminate(): void;
}

const CONNECTING = 0;
const CLOSED = 3;
const NORMAL_CLOSURE = 1000;
/** Discord answers at once, or the network is gone. */
const CLOSE_LIMIT_MS = 2000;

/** Closes a shard's connection for good. Resolves when its socket is closed. */
export async function closeShard(shard: InnerShard): Promise<void> {
  // a shard that is destroyed while it waits for something or is between two connections connects again
  shard.internalConnect = () => Promise.resolve();
  const { connection } = shard;
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  connection?.once('close', resolve);
  connection?.on('error', () => {}); // a handshake that is broken off
  // not waited for: where it was under way already, one of the two never ends
  shard.destroy({ code: NORMAL_CLOSURE }).catch(() => {});
  if (!connection || connection.readyState === CLOSED) return;
  if (connection.readyState === CONNECTING) connection.terminate();
  const timer = setTimeout(() => connection.terminate(), CLOSE_LIMIT_MS);
  await closed;
  clearTimeout(timer);
}
