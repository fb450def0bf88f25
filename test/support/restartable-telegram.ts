import { onTestFinished } from 'vitest';
import type { Incoming } from '../../src/core/reception.ts';
import { RestartablePlatform } from '../../src/platforms/restartable-platform.ts';
import { TelegramPlatform, type TelegramPlatformOptions } from '../../src/platforms/telegram/platform.ts';
import { RotatingCredentials } from '../../src/services/rotating-credentials.ts';
import { sleep } from '../../src/services/sleep.ts';
import { isUsable } from '../../src/settings-schema.ts';
import { makeFakeTime } from './fake-time.ts';
import { watchLog } from './platform-recorders.ts';
import { recordTelemetry } from './record-telemetry.ts';
import { startFakeBotApi } from './telegram/fake-bot-api.ts';
import { encode } from './telegram-cards.ts';
import { addressIn, requestFor } from './telegram-connection.ts';

interface Given {
  readonly origin?: 'secret' | 'environment';
  readonly webhook?: TelegramPlatformOptions['webhook'];
  readonly drainMs?: number;
}

const HOUR_MS = 3_600_000;

/**
 * Telegram that starts again when its token in the secret changes, not started yet; a local Bot API; and what is handed on.
 * Time passes on `time` alone for all that concerns the token.
 */
export async function openRestartable({ origin = 'secret', webhook = null, drainMs }: Given = {}) {
  const fake = await startFakeBotApi();
  const log = watchLog();
  const time = makeFakeTime();
  const secret = { token: fake.token, reads: 0 };
  const atStart = new Map([['TELEGRAM_TOKEN', fake.token]]);
  const credentials = new RotatingCredentials({
    values: { TELEGRAM_TOKEN: fake.token },
    origins: new Map([['TELEGRAM_TOKEN', origin]]),
    atStart,
    source: {
      async read() {
        secret.reads += 1;
        return { values: new Map([['TELEGRAM_TOKEN', secret.token]]), withoutText: [] };
      },
    },
    isUsable,
    log,
    ...time,
  });
  const common = { encode, telemetry: recordTelemetry().telemetry, log, calendar: () => Date.now() };
  const own = { ...common, clock: () => performance.now(), sleep };
  const opened: TelegramPlatform[] = [];
  const platform = new RestartablePlatform({
    name: 'Telegram',
    setting: 'TELEGRAM_TOKEN',
    token: fake.token,
    credentials,
    open(token) {
      const inner = new TelegramPlatform({
        ...own,
        token,
        apiRoot: fake.url,
        webhook,
        defaultLanguage: 'en',
      });
      opened.push(inner);
      return inner;
    },
    log,
    sleep: time.sleep,
    ...(drainMs !== undefined && { drainMs }),
  });
  const received: Incoming[] = [];
  onTestFinished(async () => {
    credentials.close();
    await platform.stop();
    await fake.close();
  });
  const from = fake.user();
  const { id } = fake.privateChat(from);
  return {
    fake,
    platform,
    credentials,
    secret,
    log,
    time,
    opened,
    received,
    from,
    request: requestFor(addressIn(id)),
    /** The bot's messages, oldest first. */
    shown: () =>
      fake.messagesIn(id).flatMap(({ fromBot, text }) => (fromBot ? [text.split('\n').at(-1)] : [])),
    /** Resolves once a poll is under way, where there is one: it sees nothing of what becomes of the token. */
    async start() {
      await platform.start(async (incoming) => {
        received.push(incoming);
        return 'accepted';
      });
      if (!webhook) await fake.waitForCall('getUpdates', { unanswered: true });
    },
    /** Puts the Bot API's new token into the secret; nobody has read it yet. */
    replaceToken() {
      secret.token = fake.replaceToken();
    },
    /** Lets the secret be read, as every hour. */
    async readSecret() {
      credentials.start();
      await time.advance(HOUR_MS);
    },
  };
}
