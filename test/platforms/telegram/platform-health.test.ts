import { describe, expect, it } from 'vitest';
import { openTelegramPlatform } from '../../support/telegram-open-platform.ts';

describe('the stop', () => {
  it('confirms what was taken in, waits for what is being taken in, and leaves the rest', async () => {
    const { fake, platform, start, received } = await openTelegramPlatform();
    const { promise: written, resolve: write } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const from = fake.user();
    const [one, two, three] = ['/help', '/about', '/language'].map(
      (text) => fake.sendText(text, { from }).update_id,
    );
    await start(async ({ key }) => {
      if (key !== `telegram:${fake.bot.id}:${two}`) return;
      begin();
      await written;
    });
    await begun;
    const stopped = platform.stop();
    write();
    await stopped;
    expect(received.map(({ key }) => key)).toEqual([one, two].map((id) => `telegram:${fake.bot.id}:${id}`));
    expect(fake.confirmedOffset).toBe(three);
    expect(fake.pendingUpdates().map(({ update_id }) => update_id)).toEqual([three]);
    await platform.ended;
  });

  it('ends a poll that waits, and one that cannot be confirmed', async () => {
    const { fake, platform, start, received } = await openTelegramPlatform();
    await start();
    fake.sendText('/about', { from: fake.user() });
    await fake.waitUntil(() => received.length === 1);
    await fake.waitForCall(({ method, params }) => method === 'getUpdates' && params['offset'] !== 0, {
      unanswered: true,
    });
    fake.fail({ method: 'getUpdates', kind: 'drop', times: 9 });
    await platform.stop();
    expect(fake.callsOf('getUpdates').at(-1)).toMatchObject({ params: { timeout: 0, limit: 1 }, status: 0 });
  });
});

describe('health', () => {
  it('turns when Telegram has been silent for longer than a poll lasts, and back', async () => {
    const { fake, platform, start, time, received } = await openTelegramPlatform();
    await start();
    await fake.waitForCall('getUpdates', { unanswered: true });
    time.now += 120_000;
    expect(platform.health().ok).toBe(true);
    time.now += 1;
    expect(platform.health()).toEqual({ ok: false, detail: 'Telegram does not answer' });
    fake.sendText('/about', { from: fake.user() });
    await fake.waitUntil(() => received.length === 1);
    expect(platform.health().ok).toBe(true);
  });

  it('is well after a long start, before the first poll is answered', async () => {
    const { fake, platform, start, time } = await openTelegramPlatform();
    fake.fail({ method: 'getMe', kind: 'drop', times: 40 });
    await start();
    expect(time.now).toBeGreaterThan(150_000);
    expect(platform.health()).toEqual({ ok: true, detail: 'running' });
  });
});
