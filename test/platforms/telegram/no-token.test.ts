import { Telegram } from 'telegraf';
import { expect, it } from 'vitest';
import { createTelegramImageSource } from '../../../src/platforms/telegram/image-source.ts';
import type { FaultKind, FileFaultKind } from '../../support/telegram/telegram-faults.ts';
import {
  connectTelegram,
  everythingOf,
  failureOf,
  startTelegramCaller,
} from '../../support/telegram-connection.ts';

const HTML = '<html>Bad Gateway</html>';
const FAULTS: readonly FaultKind[] = [
  { kind: 'rate-limit', retryAfter: 60 },
  { kind: 'migrate', toChatId: -1009 },
  { kind: 'conflict' },
  { kind: 'refuse', code: 400, description: 'Bad Request: chat not found' },
  { kind: 'refuse', code: 400, description: 'Bad Request: can’t parse entities' },
  { kind: 'refuse', code: 401, description: 'Unauthorized' },
  { kind: 'refuse', code: 403, description: 'Forbidden: bot was blocked by the user' },
  { kind: 'refuse', code: 404, description: 'Not Found' },
  { kind: 'answer', status: 502, body: HTML },
  { kind: 'answer', status: 200, body: HTML },
  { kind: 'answer', status: 200, body: '{"ok":tr', contentType: 'application/json' },
  { kind: 'answer', status: 200, body: 'null', contentType: 'application/json' },
  { kind: 'answer', status: 200, body: '{"ok":false}', contentType: 'application/json' },
  { kind: 'answer', status: 302, body: '' },
  { kind: 'drop' },
  { kind: 'drop-reply' },
  { kind: 'stall' },
];
const FILE_FAULTS: readonly FileFaultKind[] = [
  // one that is served and then not heard of is a download that went well
  ...FAULTS.filter(({ kind }) => kind !== 'drop-reply'),
  { kind: 'truncate', bytes: 2 },
  { kind: 'drip', bytes: 2 },
  { kind: 'endless' },
  { kind: 'not-found' },
];

/** The secret half, too: an error might hold a part of the token only. */
function expectNoToken(error: unknown, token: string): void {
  const told = everythingOf(error);
  expect(told).not.toContain(token);
  expect(told).not.toContain(token.split(':')[1]?.slice(0, 12));
  expect(told).not.toMatch(/bot\d+:/);
}

const told = (fault: object) => JSON.stringify(fault);

it('is in an error of telegraf’s own, and would be found there', async () => {
  const { fake } = await connectTelegram();
  fake.fail({ method: 'getMe', kind: 'answer', status: 200, body: HTML });
  const telegram = new Telegram(fake.token, { apiRoot: fake.url });
  const error = await failureOf(telegram.getMe());
  expect(() => expectNoToken(error, fake.token)).toThrow();
  const outer = new Error('outer', { cause: { request: { path: fake.token } } });
  expect(() => expectNoToken(outer, fake.token)).toThrow();
});

it.each(FAULTS.map((fault) => [told(fault), fault] as const))(
  'is in no error of a call: %s',
  async (_name, fault) => {
    const { fake, call, signal } = await connectTelegram();
    const { id } = fake.privateChat(fake.user());
    const payload = { chat_id: id, text: 'x' };
    for (const repeatable of [false, true]) {
      const handle = fake.fail({ method: 'sendMessage', ...fault, times: 9 });
      const error = await failureOf(call('sendMessage', payload, { signal, repeatable, limitMs: 300 }));
      expectNoToken(error, fake.token);
      handle.release();
    }
  },
);

it.each(FILE_FAULTS.map((fault) => [told(fault), fault] as const))(
  'is in no error of a download: %s',
  async (_name, fault) => {
    const { fake, call, telemetry, sleep, signal } = await connectTelegram();
    const { url: apiRoot, token } = fake;
    const source = createTelegramImageSource({ call, apiRoot, token, telemetry, sleep, limitMs: 500 });
    const sent = fake.sendDocument(Buffer.alloc(1000), { from: fake.user() });
    const reference = { fileId: sent.message.document?.file_id ?? '', size: null };
    fake.fail({ method: 'file', ...fault, times: 9 });
    expectNoToken(await failureOf(source.fetch(reference, signal)), token);
  },
);

it.each([
  ['nobody listens', 'http://127.0.0.1:1'],
  ['there is no such host', 'http://nowhere.invalid'],
  ['it is no address', 'nowhere'],
])('is in no error when %s', async (_name, apiRoot) => {
  const { fake, telemetry, sleep, signal } = await connectTelegram();
  const { token } = fake;
  const call = startTelegramCaller(apiRoot, token, { telemetry, sleep });
  expectNoToken(await failureOf(call('getMe', {}, { signal, repeatable: true })), token);
  const answered = async () => ({ file_path: 'a/b' }) as never;
  const source = createTelegramImageSource({ call: answered, apiRoot, token, telemetry, sleep });
  expectNoToken(await failureOf(source.fetch({ fileId: 'x', size: null }, signal)), token);
});
