import { encodeAction } from '../../src/core/action.ts';
import { TelegramPlatform } from '../../src/platforms/telegram/platform.ts';
import { sleep } from '../../src/services/sleep.ts';
import type { Call } from './local-server/call-log.ts';
import { mac } from './platform-core.ts';
import type { PersonDriver, PlatformDriver, SeenCall } from './platform-driver.ts';
import { recordLog, recordTelemetry } from './record-telemetry.ts';
import { type FakeBotApi, startFakeBotApi } from './telegram/fake-bot-api.ts';
import { previewOf, type SeenMessage } from './telegram/message-store.ts';
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
    failNextPost(how, what = 'an answer') {
      const fault =
        how === 'later' ? ({ kind: 'rate-limit', retryAfter: 1 } as const) : { kind: 'drop-reply' as const };
      const isMeant = (call: Call) => POSTS.has(call.method) && (what === 'songs') === hasSongs(call);
      fake.fail({ method: '*', where: isMeant, ...fault });
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
  const chatOf = (where: 'alone' | 'among others') => (where === 'alone' ? id : group.id);
  const message = (messageId: string, where: 'alone' | 'among others' = 'alone') =>
    fake.message(chatOf(where), Number(messageId));
  const press: PersonDriver['press'] = (messageId, label, where) =>
    void fake.press(message(messageId, where), label, from);
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
    files: (where = 'alone') =>
      fake
        .messagesIn(chatOf(where))
        .flatMap(({ document: bytes, raw }) => (bytes ? [{ name: raw.document?.file_name, bytes }] : [])),
    shown: (where = 'alone') => fake.messagesIn(chatOf(where)).filter(({ fromBot }) => fromBot).length,
  };
}

const TOAST = {
  kind: 'toast',
  messageId: null,
  picture: false,
  replyTo: null,
  previews: [],
  buttons: [],
} as const;
const POSTS: ReadonlySet<string> = new Set(['sendMessage', 'sendPhoto', 'sendDocument']);

/** Only they have a preview. */
function hasSongs({ params }: Call): boolean {
  const { url } = (params['link_preview_options'] ?? {}) as { readonly url?: string };
  return url !== undefined;
}

function seen({ method, status, params, result }: Call): SeenCall | null {
  if (status !== 200) return null;
  if (method === 'answerCallbackQuery') {
    const text = String(params['text'] ?? '');
    return text ? { ...TOAST, text } : null;
  }
  if (!POSTS.has(method) && !method.startsWith('editMessage')) return null;
  const raw = result as TelegramMessage;
  const { message_id, text, caption, photo, reply_markup, reply_to_message: replied } = raw;
  const preview = previewOf(raw);
  return {
    kind: POSTS.has(method) ? 'post' : 'edit',
    messageId: `${message_id}`,
    text: text ?? caption ?? '',
    picture: photo !== undefined,
    replyTo: replied ? `${replied.message_id}` : null,
    previews: preview === undefined ? [] : [preview],
    buttons: labelsOf(reply_markup?.inline_keyboard ?? []),
  };
}

function labelsOf(keyboard: SeenMessage['keyboard']): string[] {
  const buttons = keyboard.flat().filter(({ url }) => url === undefined);
  return buttons.map(({ text }) => text);
}
