import { onTestFinished } from 'vitest';
import { DiscordGateway, type DiscordGatewayOptions } from '../../src/platforms/discord/gateway.ts';
import { sleep } from '../../src/services/sleep.ts';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './discord/fake-discord.ts';
import { type WatchedLog, watchLog } from './platform-recorders.ts';

export interface OpenGateway {
  readonly fake: FakeDiscord;
  readonly gateway: DiscordGateway;
  readonly log: WatchedLog;
  /** What came, as it came. */
  readonly interactions: readonly Raw[];
  readonly messages: readonly Raw[];
  /** Milliseconds that the calendar is ahead of its beginning. */
  readonly time: { now: number };
  /** Resolves once so many have come, of both kinds. */
  came(count: number): Promise<void>;
}

/** An event's data. */
export type Raw = Readonly<Record<string, unknown>>;

/** Identifies at once, where clients of Discord's wait five seconds between two times. */
const AT_ONCE: NonNullable<DiscordGatewayOptions['identifyThrottler']> = {
  waitForIdentify: () => Promise.resolve(),
};

/** A gateway that is not started yet, and a Discord for it; both go when the test does. */
export async function openGateway(
  given: Partial<DiscordGatewayOptions> = {},
  discord: FakeDiscordOptions = {},
): Promise<OpenGateway> {
  // nothing beats by itself unless told
  const fake = await startFakeDiscord({ heartbeatInterval: 1e9, ...discord });
  const log = watchLog();
  const interactions: Raw[] = [];
  const messages: Raw[] = [];
  const time = { now: 0 };
  const waiting = new Set<() => void>();
  const keep = (kept: Raw[]) => (raw: unknown) => {
    kept.push(raw as Raw);
    for (const look of waiting) look();
  };
  const gateway = new DiscordGateway({
    token: fake.token,
    apiUrl: fake.apiUrl,
    shards: 'auto',
    log,
    calendar: () => time.now,
    sleep,
    onInteraction: keep(interactions),
    onMessage: keep(messages),
    identifyThrottler: AT_ONCE,
    ...given,
  });
  onTestFinished(async () => {
    await gateway.stop();
    await fake.close();
  });
  return {
    ...{ fake, gateway, log, interactions, messages, time },
    came(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (interactions.length + messages.length >= count) resolve();
      };
      waiting.add(look);
      look();
      return promise;
    },
  };
}

/** What clients did on the gateway, heartbeats aside. */
export const doneOn = ({ gateway }: FakeDiscord): readonly string[] =>
  gateway.notes.map(({ kind }) => kind).filter((kind) => kind !== 'heartbeat');
