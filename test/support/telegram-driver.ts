import { encodeAction } from '../../src/core/action.ts';
import { TelegramPlatform } from '../../src/platforms/telegram/platform.ts';
import { sleep } from '../../src/services/sleep.ts';
import type { Call } from './local-server/call-log.ts';
import { mac } from './platform-core.ts';
import type { PersonDriver, PlatformDriver, SeenCall } from './platform-driver.ts';
import { recordLog, recordTelemetry } from './record-telemetry.ts';
import { type FakeBotApi, startFakeBotApi } from './telegram/fake-bot-api.ts';
import type { SeenMessage } from './telegram/message-store.ts';
import type { TelegramMessage, TelegramUpdate } from './telegram/telegram-types.ts';

/** Telegram for the suite that every platform passes. */
export async function openTelegramDriver(): Promise<PlatformDriver> {
  const fake = await startFakeBotApi();
  return {
    name: 'telegram',
    adapter: () =>
      new TelegramPlatform({
        token: fake.token,
        apiRoot: fake.url,
        webhook: null,
        defaultLanguage: 'en',
        encode: (action) => encodeAction(action, mac),
        telemetry: recordTelemetry().telemetry,
        log: recordLog().log,
        clock: () => performance.now(),
        calendar: () => Date.now(),
        sleep,
      }),
    person: () => personOf(fake),
    calls: () => fake.calls.flatMap((call) => seen(call) ?? []),
    until: (holds) => fake.waitUntil(holds),
    failNextPost(how) {
      const fault =
        how === 'later' ? ({ kind: 'rate-limit', retryAfter: 1 } as const) : { kind: 'drop-reply' as const };
      fake.fail({ method: '*', where: ({ method }) => POSTS.has(method), ...fault });
    },
    holdPictures() {
      const after = fake.calls.length;
      const release = fake.hold('file');
      return { asked: fake.waitForCall('file', { after, unanswered: true }), release };
    },
    violations: () => fake.violations,
    close: () => fake.close(),
  };
}

function personOf(fake: FakeBotApi): PersonDriver {
  const from = fake.user({ languageCode: 'en' });
  const { id } = fake.privateChat(from);
  const group = fake.group();
  const message = (messageId: string) => fake.message(id, Number(messageId));
  const press = (messageId: string, label: string) => void fake.press(message(messageId), label, from);
  return {
    id: `${from.id}`,
    sendPhoto: (bytes, where = 'alone') =>
      where === 'alone'
        ? fake.sendPhoto(bytes, { from })
        : fake.sendPhoto(bytes, { from, chat: group, caption: '/vibe' }),
    press,
    async ask(messageId, menu, option) {
      const isThere = () => labelsOf(message(messageId).keyboard).includes(option);
      if (!isThere()) press(messageId, menu);
      await fake.waitUntil(isThere);
      press(messageId, option);
    },
    forge: (messageId, data) => void fake.press(message(messageId), data, from, { forged: true }),
    repeat: (sent) => fake.repeatUpdate((sent as TelegramUpdate).update_id),
    hearBot(bytes, which) {
      const bot = which === 'itself' ? fake.bot : fake.user({ isBot: true });
      fake.sendPhoto(bytes, { from: bot, chat: fake.privateChat(from), caption: '/vibe' });
    },
    shown: () => fake.messagesIn(id).filter(({ fromBot }) => fromBot).length,
  };
}

const POSTS: ReadonlySet<string> = new Set(['sendMessage', 'sendPhoto']);

function seen({ method, status, params, result }: Call): SeenCall | null {
  if (status !== 200) return null;
  if (method === 'answerCallbackQuery') {
    const text = String(params['text'] ?? '');
    return text ? { kind: 'toast', messageId: null, text, picture: false, buttons: [] } : null;
  }
  if (!POSTS.has(method) && !method.startsWith('editMessage')) return null;
  const { message_id, text, caption, photo, reply_markup } = result as TelegramMessage;
  return {
    kind: POSTS.has(method) ? 'post' : 'edit',
    messageId: `${message_id}`,
    text: text ?? caption ?? '',
    picture: photo !== undefined,
    buttons: labelsOf(reply_markup?.inline_keyboard ?? []),
  };
}

function labelsOf(keyboard: SeenMessage['keyboard']): string[] {
  const buttons = keyboard.flat().filter(({ url }) => url === undefined);
  return buttons.map(({ text }) => text);
}
