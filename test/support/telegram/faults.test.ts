import { Telegram } from 'telegraf';
import { expect, test } from 'vitest';
import { type FakeBotApi, startFakeBotApi } from './fake-bot-api.ts';

const clientOf = (fake: FakeBotApi) => new Telegram(fake.token, { apiRoot: fake.url });
const BYTES = Buffer.from('0123456789'.repeat(100));

async function fileOf(fake: FakeBotApi, fileSize?: number): Promise<URL> {
  const { message } = fake.sendDocument(BYTES, { from: fake.user(), ...(fileSize && { fileSize }) });
  return await clientOf(fake).getFileLink(message.document?.file_id ?? '');
}

test('files are served, unless they are too big or unknown', async () => {
  await using fake = await startFakeBotApi();
  const response = await fetch(await fileOf(fake));
  expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
  expect(fake.callsOf('file')).toMatchObject([{ status: 200, params: { file_id: expect.any(String) } }]);
  await expect(fileOf(fake, 20 * 1024 * 1024 + 1)).rejects.toThrow('400: Bad Request: file is too big');
  await expect(clientOf(fake).getFile('x')).rejects.toThrow(
    'wrong file_id or the file is temporarily unavailable',
  );
  expect((await fetch(`${fake.url}/file/bot${fake.token}/no/such`)).status).toBe(404);
});

test('calls go wrong, each the number of times asked for', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const { id } = fake.group();
  const send = () => telegram.sendMessage(id, 'x');
  fake.fail({ method: 'sendMessage', kind: 'rate-limit', retryAfter: 7 });
  await expect(send()).rejects.toMatchObject({
    response: { error_code: 429, parameters: { retry_after: 7 } },
  });
  fake.fail({ method: 'sendMessage', kind: 'answer', status: 502, body: '<html>' });
  await expect(send()).rejects.toMatchObject({ response: { error_code: 502 } });
  fake.fail({ method: 'sendMessage', kind: 'answer', status: 200, body: '<html>' });
  await expect(send()).rejects.toThrow('invalid json');
  fake.fail({ method: 'sendMessage', kind: 'drop', times: 2 });
  await expect(send()).rejects.toThrow('socket hang up');
  await expect(send()).rejects.toThrow('socket hang up');
  fake.fail({ method: 'sendMessage', kind: 'migrate', toChatId: -1009 });
  await expect(send()).rejects.toMatchObject({ response: { parameters: { migrate_to_chat_id: -1009 } } });
  fake.fail({ method: 'sendMessage', kind: 'refuse', code: 403, description: 'Forbidden: bot was kicked' });
  await expect(send()).rejects.toThrow('403: Forbidden: bot was kicked');
  expect(fake.messagesIn(id)).toEqual([]);
  fake.fail({ method: 'sendMessage', kind: 'drop-reply' });
  await expect(send()).rejects.toThrow('socket hang up');
  expect(fake.messagesIn(id)).toHaveLength(1);
  await send();
  expect(fake.callsOf('sendMessage').map(({ status }) => status)).toEqual([
    429, 502, 200, 0, 0, 400, 403, 0, 200,
  ]);
  fake.fail({ method: 'getUpdates', kind: 'conflict' });
  await expect(telegram.getUpdates(0, 1, 0, undefined)).rejects.toThrow('409');
  expect(fake.violations).toEqual([]);
});

test('a held call goes on when the test says so; others meet no fault meant for it', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const [one, other] = [fake.group(), fake.group()];
  const release = fake.hold('sendMessage');
  const held = telegram.sendMessage(one.id, 'x');
  await fake.waitForCall('sendMessage', { unanswered: true });
  expect(fake.messagesIn(one.id)).toEqual([]);
  release();
  await held;
  expect(fake.messagesIn(one.id)).toHaveLength(1);
  const fault = fake.fail({
    method: '*',
    kind: 'drop',
    where: ({ params }) => params['chat_id'] === other.id,
  });
  await telegram.sendMessage(one.id, 'x');
  await expect(telegram.sendMessage(other.id, 'x')).rejects.toThrow('socket hang up');
  expect([fault.left, fault.met.length]).toEqual([0, 1]);
});

test('who waits in vain learns which calls there were', async () => {
  await using fake = await startFakeBotApi();
  await clientOf(fake).getMe();
  await expect(fake.waitForCall('sendPhoto', { timeoutMs: 1 })).rejects.toThrow(
    'a call of sendPhoto has not come within 1 ms; calls seen: getMe 200',
  );
});
