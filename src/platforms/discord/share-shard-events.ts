import { type Client, Events } from 'discord.js';

const SHARED = [
  Events.ShardReady,
  Events.ShardReconnecting,
  Events.ShardResume,
  Events.ShardDisconnect,
] as const;

/** A ShardingManager hears of a process's first client only, which may be one that could not connect. */
export function shareShardEvents(client: Client): void {
  const first = client.shard?.client;
  if (!first || first === client) return;
  for (const event of SHARED)
    client.on(event, (...details: unknown[]) => void first.emit(event, ...(details as never)));
}
