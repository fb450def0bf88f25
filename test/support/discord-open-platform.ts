import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Incoming } from '../../src/core/reception.ts';
import type { Request } from '../../src/core/request.ts';
import { type FakeDiscordOptions, startFakeDiscord } from './discord/fake-discord.ts';
import { discordPlatform } from './discord-driver.ts';
import { recordSleep, watchLog } from './platform-recorders.ts';

type Given = NonNullable<Parameters<typeof discordPlatform>[1]>;

/** The platform before its start, a local Discord, and what the platform hands on. Time passes in pauses only. */
export async function openDiscordPlatform(given: Given = {}, server: FakeDiscordOptions = {}) {
  const fake = await startFakeDiscord({ heartbeatInterval: 1e9, ...server });
  const log = watchLog();
  const { sleep, pauses } = recordSleep();
  const time = { now: Date.now() };
  const platform = discordPlatform(fake, {
    log,
    sleep,
    calendar: () => time.now,
    ...given,
  });
  const received: Incoming[] = [];
  const waiting = new Set<() => void>();
  const start = (receive: (incoming: Incoming) => Promise<unknown> = async () => {}) =>
    platform.start(async (incoming) => {
      const outcome = await receive(incoming);
      received.push(incoming);
      for (const look of waiting) look();
      return outcome === 'passed over' ? outcome : 'accepted';
    });
  onTestFinished(async () => {
    await platform.stop();
    await fake.close();
  });
  return {
    ...{ fake, platform, start, received, log, time, pauses },
    signal: new AbortController().signal,
    /** Resolves with what came as number `count`, once it is received and nothing more is done with it. */
    async came(count: number): Promise<Request> {
      const { promise, resolve } = Promise.withResolvers<Request>();
      const look = () => {
        const request = received[count - 1]?.request;
        if (request) resolve(request);
      };
      waiting.add(look);
      look();
      const request = await promise;
      await turn();
      return request;
    },
  };
}
