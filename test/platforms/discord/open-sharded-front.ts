import { onTestFinished, vi } from 'vitest';
import { createDiscordCaller } from '../../../src/platforms/discord/discord-caller.ts';
import type { Arrival } from '../../../src/platforms/discord/front.ts';
import { ShardedFront, type ShardedFrontOptions } from '../../../src/platforms/discord/sharded-front.ts';
import { sleep } from '../../../src/services/sleep.ts';
import { shardOf } from '../../support/discord/clock.ts';
import { type FakeDiscord, startFakeDiscord } from '../../support/discord/fake-discord.ts';
import { watchLog } from '../../support/platform-recorders.ts';
import { recordTelemetry } from '../../support/record-telemetry.ts';

/** Processes take a while to start where many do. */
export const PATIENT = { timeoutMs: 40_000 };

/** A front whose shards are real processes, and a Discord for them; all go when the test does. */
export async function openShardedFront(given: Partial<ShardedFrontOptions> = {}) {
  const fake = await startFakeDiscord({ shards: 2, maxConcurrency: 16 });
  const { token, apiUrl } = fake;
  stubSettings({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, LOG_LEVEL: 'error' });
  const { telemetry } = recordTelemetry();
  const log = watchLog();
  const call = createDiscordCaller({ token, apiUrl, telemetry, sleep });
  const common = { token, call, log, sleep, calendar: () => Date.now() };
  const front = new ShardedFront({ ...common, shards: 2, spawnDelayMs: 0, ...given });
  const arrivals: Arrival[] = [];
  const waiting = new Set<() => void>();
  onTestFinished(async () => {
    await front.stop();
    await fake.close();
  });
  return {
    ...{ fake, front, log, arrivals },
    start: () =>
      front.start((arrival) => {
        arrivals.push(arrival);
        for (const look of waiting) look();
      }),
    /** Resolves once so many have come. */
    came(count: number) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => arrivals.length >= count && resolve();
      waiting.add(look);
      look();
      return promise;
    },
    /** The ids of the processes, as they were started; of one shard, or of all. */
    pids: (shard?: number) =>
      log.lines
        .filter(
          ({ message, details }) =>
            message === 'a shard starts' && details?.['shard'] === (shard ?? details?.['shard']),
        )
        .map(({ details }) => Number(details?.['pid'])),
  };
}

function stubSettings(settings: Readonly<Record<string, string>>): void {
  // without the first they would start over, were it not for their channel; the others discord.js sets
  const unset = ['MALLOC_ARENA_MAX', 'SHARDING_MANAGER', 'SHARDING_MANAGER_MODE'];
  for (const name of unset) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** A channel of a guild that the shard, of two, serves. */
export function channelOf(fake: FakeDiscord, shard: number) {
  for (;;) {
    const { id, general } = fake.guild();
    if (shardOf(id, 2) === shard) return general;
  }
}

/** The shards that have identified, in that order. */
export const identified = (fake: FakeDiscord) =>
  fake.gateway.notesOf('identify').map(({ shard }) => shard?.[0]);

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
