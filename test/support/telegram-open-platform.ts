import { onTestFinished } from 'vitest';
import type { Incoming } from '../../src/core/reception.ts';
import { TelegramPlatform, type TelegramPlatformOptions } from '../../src/platforms/telegram/platform.ts';
import { createHttpServer } from '../../src/services/http-server.ts';
import { recordSleep, watchLog } from './platform-recorders.ts';
import { recordTelemetry } from './record-telemetry.ts';
import { type FakeBotApiOptions, startFakeBotApi } from './telegram/fake-bot-api.ts';
import { encode } from './telegram-cards.ts';

/** The platform before its start, a Bot API server, and what the platform hands on. Time passes in pauses only. */
export async function openTelegramPlatform(
  given: Partial<TelegramPlatformOptions> = {},
  server: FakeBotApiOptions = {},
) {
  const fake = await startFakeBotApi(server);
  const log = watchLog();
  const { sleep, pauses } = recordSleep();
  const time = { now: 0 };
  const platform = new TelegramPlatform({
    token: fake.token,
    apiRoot: fake.url,
    webhook: null,
    defaultLanguage: 'en',
    encode,
    telemetry: recordTelemetry().telemetry,
    log,
    clock: () => time.now,
    calendar: () => Date.now(),
    async sleep(ms, signal) {
      await sleep(ms, signal);
      time.now += ms;
    },
    ...given,
  });
  const received: Incoming[] = [];
  const start = (receive = async (_incoming: Incoming) => {}) =>
    platform.start(async (incoming) => {
      await receive(incoming);
      received.push(incoming);
      return 'accepted';
    });
  onTestFinished(async () => {
    await platform.stop();
    await fake.close();
  });
  return { fake, platform, start, received, log, time, pauses };
}

export const SECRET = 'only-Telegram_knows';
export const WEBHOOK = { url: 'https://bot.example/telegram', secret: SECRET };

/** The same with a webhook on the HTTP server of the program. */
export async function openWebhook(server: FakeBotApiOptions = {}) {
  const opened = await openTelegramPlatform({ webhook: WEBHOOK }, server);
  const { platform, fake, log } = opened;
  const http = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    health: async () => ({ telegram: platform.health() }),
    metrics: { metrics: async () => '', contentType: 'text/plain' },
    log,
    webhook: { path: '/telegram', secret: SECRET, handle: (update) => platform.handle(update) },
  });
  const { port } = await http.listen();
  onTestFinished(() => http.close());
  const url = `http://127.0.0.1:${port}`;
  fake.webhookOrigin = url;
  return { ...opened, url, port };
}
