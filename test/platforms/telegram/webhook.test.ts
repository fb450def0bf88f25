import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { expect, it } from 'vitest';
import { StorageError } from '../../../src/core/storage-error.ts';
import { UPDATE_KINDS } from '../../../src/platforms/telegram/update-schema.ts';
import { WebhookRefusedError } from '../../../src/platforms/telegram/webhook-refused-error.ts';
import { failureOf } from '../../support/telegram-connection.ts';
import { openTelegramPlatform, openWebhook, SECRET, WEBHOOK } from '../../support/telegram-open-platform.ts';

const ASKED = {
  update_id: 7,
  message: {
    message_id: 1,
    chat: { id: 5, type: 'private' },
    from: { id: 5, is_bot: false },
    text: '/playlist جاز 🎷 خليجي',
  },
};
const WORDS = ['جاز', '🎷', 'خليجي'];

it('is told to Telegram with its secret, and hands on what comes', async () => {
  const { fake, start, received, platform } = await openWebhook();
  const before = fake.sendText('/about', { from: fake.user() });
  await start();
  expect(fake.callsOf('setWebhook').map(({ params }) => params)).toEqual([
    { url: WEBHOOK.url, secret_token: SECRET, allowed_updates: UPDATE_KINDS },
  ]);
  const from = fake.user({ languageCode: 'ar' });
  const { update_id } = fake.sendPhoto(Buffer.from('x'), { from, caption: 'مرحبا' });
  await fake.waitUntil(() => fake.deliveries.length === 2);
  expect(received.map(({ key }) => key).toSorted()).toEqual(
    [before.update_id, update_id].map((id) => `telegram:${fake.bot.id}:${id}`),
  );
  expect(fake.deliveries.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([200, '{}']));
  expect(fake.callsOf('getUpdates')).toEqual([]);
  expect(platform.health()).toEqual({ ok: true, detail: 'running' });
  expect(fake.violations).toEqual([]);
});

it('takes nothing from who does not know the secret', async () => {
  const { start, received, url } = await openWebhook();
  await start();
  for (const secret of [undefined, '', 'only-Telegram_know', `${SECRET}x`]) {
    const headers = secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret };
    const answer = await fetch(`${url}/telegram`, { method: 'POST', headers, body: JSON.stringify(ASKED) });
    expect(answer.status).toBe(403);
  }
  expect(received).toEqual([]);
});

it('reads words of any script, wherever the body is cut on its way', async () => {
  const { start, received, port } = await openWebhook();
  await start();
  const request = httpRequest({
    port,
    path: '/telegram',
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': SECRET, 'content-type': 'application/json' },
  });
  // each byte is a chunk of its own
  for (const byte of Buffer.from(JSON.stringify(ASKED))) request.write(Buffer.of(byte));
  request.end();
  const [answer] = await once(request, 'response');
  expect(answer.statusCode).toBe(200);
  answer.resume();
  expect(received[0]?.request.call).toEqual({ command: 'playlist', words: WORDS });
});

it('has Telegram send again what could not be written down, and health tells', async () => {
  const { fake, start, received, platform, url, log } = await openWebhook({ webhookAttempts: 1 });
  let isFull = true;
  await start(async () => {
    if (isFull) throw new StorageError('disk full');
  });
  const { update_id } = fake.sendText('/about', { from: fake.user() });
  await fake.waitUntil(() => fake.deliveries.length === 1);
  expect(fake.deliveries[0]?.status).toBe(500);
  expect(platform.health()).toEqual({ ok: false, detail: 'updates cannot be written down' });
  expect((await fetch(`${url}/healthz`)).status).toBe(503);
  expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  isFull = false;
  await fake.redeliver();
  expect(fake.deliveries[1]?.status).toBe(200);
  expect(received.map(({ key }) => key)).toEqual([`telegram:${fake.bot.id}:${update_id}`]);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(fake.pendingUpdates()).toEqual([]);
});

it('has Telegram send again what came before the start was through', async () => {
  const { fake, start, received, url, platform } = await openWebhook();
  const post = () =>
    fetch(`${url}/telegram`, {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body: JSON.stringify(ASKED),
    });
  expect((await post()).status).toBe(500);
  expect(platform.health().ok).toBe(false);
  await start();
  expect((await post()).status).toBe(200);
  expect(received).toHaveLength(1);
  expect(fake.violations).toEqual([]);
});

it('accepts what it cannot use, so that it does not come again', async () => {
  const { start, received, url, log } = await openWebhook();
  await start();
  for (const body of [
    '{}',
    '{"update_id":1}',
    '{"update_id":2,"message":{"text":5}}',
    '{"update_id":3,"poll":{}}',
  ]) {
    const headers = { 'x-telegram-bot-api-secret-token': SECRET };
    expect((await fetch(`${url}/telegram`, { method: 'POST', headers, body })).status).toBe(200);
  }
  expect(received).toEqual([]);
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

it('cannot start with a URL that Telegram does not take', async () => {
  const { fake, platform, start } = await openTelegramPlatform({ webhook: WEBHOOK });
  const description = 'Bad Request: bad webhook: Failed to resolve host';
  fake.fail({ method: 'setWebhook', kind: 'refuse', code: 400, description });
  expect(await failureOf(start())).toBeInstanceOf(WebhookRefusedError);
  await platform.stop();
});
