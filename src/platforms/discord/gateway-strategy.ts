import { type GatewayDispatchPayload, SimpleShardingStrategy } from 'discord.js';
import type { Log } from '../../core/chat-ports.ts';
import { closeShard, type InnerShard } from './close-shard.ts';

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];
type TakeDispatch = (event: { readonly data: GatewayDispatchPayload }) => void;

export interface ShardListener {
  /** Anything that Discord tells, as it came. */
  onDispatch(payload: GatewayDispatchPayload, shard: number): void;
  /** A heartbeat was acknowledged. */
  onHeartbeat(shard: number): void;
}

interface SpawnedShard extends InnerShard {
  listeners(event: 'dispatch'): readonly TakeDispatch[];
  removeAllListeners(event: 'dispatch'): void;
  on(event: 'dispatch', listener: TakeDispatch): void;
  on(event: 'heartbeat', listener: () => void): void;
}

/**
 * discord.js's own way to run its shards, but: it tells of events before discord.js sees them; of those it hands on only
 * what a connection needs, so that nothing is cached and nothing in them can end the process; and it closes for good.
 */
export class GatewayStrategy extends SimpleShardingStrategy {
  readonly #listener: ShardListener;
  readonly #log: Log;

  constructor(manager: Manager, listener: ShardListener, log: Log) {
    super(manager);
    this.#listener = listener;
    this.#log = log;
  }

  override async spawn(ids: number[]): Promise<void> {
    await super.spawn(ids);
    for (const shard of this.#shards) this.#listen(shard);
  }

  /** For good; resolves when all sockets are closed. */
  override async destroy(): Promise<void> {
    await Promise.all(this.#shards.map((shard) => closeShard(shard)));
  }

  get #shards(): readonly SpawnedShard[] {
    return [...this['shards'].values()];
  }

  #listen(shard: SpawnedShard): void {
    const { onDispatch, onHeartbeat } = this.#listener;
    const takers = shard.listeners('dispatch');
    shard.removeAllListeners('dispatch');
    shard.on('heartbeat', () => onHeartbeat(shard.id));
    shard.on('dispatch', ({ data }) => {
      onDispatch(data, shard.id);
      const own = forDiscordJs(data);
      try {
        if (own) for (const take of takers) take({ data: own });
      } catch (error) {
        // where a session ends right after RESUMED, discord.js looks at what is gone; nobody could catch that elsewhere
        this.#log.warn('discord.js has stumbled', { event: data.t, error });
      }
    });
  }
}

/** Of the rest it would keep objects: for every server, and for much of what happens there. */
function forDiscordJs(payload: GatewayDispatchPayload): GatewayDispatchPayload | null {
  if (payload.t === 'READY') return { ...payload, d: { ...payload.d, guilds: [] } };
  return payload.t === 'RESUMED' ? payload : null;
}
