import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../src/core/storage-error.ts';
import { OtherPollerError } from '../../../src/platforms/telegram/other-poller-error.ts';
import { TokenRefusedError } from '../../../src/platforms/token-refused-error.ts';
import { everythingOf, failureOf } from '../../support/telegram-connection.ts';
import { openTelegramPlatform } from '../../support/telegram-open-platform.ts';

const BYTES = Buffer.from('any bytes');
const PAGE = { kind: 'answer', status: 200, body: '<html>' } as const;

describe('the start', () => {
  it('goes on for as long as Telegram cannot be reached', async () => {
    const { fake, platform, start, log, pauses } = await openTelegramPlatform();
    fake.fail({ method: 'getMe', kind: 'drop', times: 9 });
    fake.fail({ method: 'deleteWebhook', kind: 'rate-limit', retryAfter: 60, times: 2 });
    expect(platform.health()).toEqual({ ok: false, detail: 'not connected yet' });
    await start();
    expect(platform.health()).toEqual({ ok: true, detail: 'running' });
    const between = pauses.filter((pause) => Number.isInteger(pause));
    expect(between).toEqual([1000, 2000, 1000, 2000]);
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(4);
    expect(log.lines.at(-1)).toMatchObject({
      level: 'info',
      details: { bot: 'vibe_test_bot', mode: 'long polling', inline: true },
    });
    expect(fake.violations).toEqual([]);
  });

  it('fails when Telegram does not know the token', async () => {
    const { fake, start } = await openTelegramPlatform({ token: '1:wrong' });
    const failure = await failureOf(start());
    expect(failure).toBeInstanceOf(TokenRefusedError);
    expect(everythingOf(failure)).not.toContain('1:wrong');
    expect(fake.callsOf()).toHaveLength(1);
  });

  it('ends with the reason when the program stops meanwhile', async () => {
    const { fake, platform, start, received } = await openTelegramPlatform();
    fake.hold('getMe');
    const failure = failureOf(start());
    await fake.waitForCall('getMe', { unanswered: true });
    await platform.stop();
    expect(await failure).toMatchObject({ message: 'The program stops.' });
    expect([fake.calls.length, received]).toEqual([1, []]);
  });
});

describe('long polling', () => {
  it('asks for what is read here, and hands it on', async () => {
    const { fake, start, received } = await openTelegramPlatform();
    const from = fake.user({ languageCode: 'ar' });
    const photo = fake.sendPhoto(BYTES, { from, caption: 'مرحبا' });
    await start();
    const search = fake.inlineQuery(from, 'جاز');
    fake.sendText('hello', { from: fake.user({ isBot: true }) });
    const text = fake.sendText('/about', { from });
    await fake.waitUntil(() => received.length === 3);
    expect(received.map(({ key, request }) => [key, request.call.command])).toEqual([
      [`telegram:${fake.bot.id}:${photo.update_id}`, 'vibe'],
      [`telegram:${fake.bot.id}:${search.update_id}`, 'search'],
      [`telegram:${fake.bot.id}:${text.update_id}`, 'about'],
    ]);
    expect(fake.callsOf('getUpdates')[0]?.params).toMatchObject({
      allowed_updates: ['message', 'callback_query', 'inline_query', 'chosen_inline_result'],
    });
    expect(fake.violations).toEqual([]);
  });

  it('takes off a webhook that was set before, and keeps what waits', async () => {
    const { fake, start, received, platform } = await openTelegramPlatform();
    const set = await fetch(`${fake.url}/bot${fake.token}/setWebhook?url=http://127.0.0.1:1/x`);
    expect(set.status).toBe(200);
    fake.sendText('/about', { from: fake.user() });
    await start();
    await fake.waitUntil(() => received.length === 1);
    expect(platform.health().ok).toBe(true);
  });

  it('passes over an update of an unknown shape, and says which part it was', async () => {
    const { fake, start, received, log } = await openTelegramPlatform();
    const odd = fake.pushUpdate({
      message: { message_id: 1, chat: { id: 1, type: 'planet' }, text: 'hidden words' },
    });
    fake.sendText('/about', { from: fake.user() });
    await start();
    await fake.waitUntil(() => received.length === 1);
    expect(log.lines.find(({ level }) => level === 'warn')?.details).toEqual({
      update: odd.update_id,
      wrong: ['message.chat.type'],
    });
    expect(JSON.stringify(log.lines)).not.toContain('hidden words');
  });

  it('tries what could not be written down until it is, and health tells', async () => {
    const { fake, platform, start, received, pauses } = await openTelegramPlatform();
    const states: boolean[] = [];
    let refusals = 2;
    const update = fake.sendText('/about', { from: fake.user() });
    await start(async () => {
      states.push(platform.health().ok);
      if (refusals-- > 0) throw new StorageError('disk full');
    });
    await fake.waitUntil(() => received.length === 1);
    await fake.waitUntil(() => fake.confirmedOffset === update.update_id + 1);
    expect(states).toEqual([true, false, false]);
    expect(pauses).toEqual([2000, 2000]);
    expect(platform.health().ok).toBe(true);
  });

  it('passes over an update that it has a fault with, and says so', async () => {
    const { fake, start, received, log } = await openTelegramPlatform();
    const from = fake.user();
    const bad = fake.sendText('/help', { from });
    fake.sendText('/about', { from });
    await start(async ({ key }) => {
      if (key.endsWith(`:${bad.update_id}`)) throw new TypeError('a bug');
    });
    await fake.waitUntil(() => received.length === 1);
    expect(received[0]?.request.call).toEqual({ command: 'about' });
    expect(JSON.stringify(log.lines)).toContain('an update was passed over');
  });

  it('ends when another program keeps polling', async () => {
    const { fake, platform, start } = await openTelegramPlatform();
    fake.fail({ method: 'getUpdates', kind: 'conflict', times: Number.POSITIVE_INFINITY });
    await start();
    expect(await failureOf(platform.ended)).toBeInstanceOf(OtherPollerError);
    await platform.stop();
  });
});

it('writes no token into the log, whatever fails', async () => {
  const { fake, platform, start, log, received } = await openTelegramPlatform();
  for (const method of ['getMe', 'deleteWebhook', 'getUpdates']) {
    fake.fail({ method, ...PAGE, times: 5 });
    fake.fail({ method, kind: 'drop', times: 5 });
  }
  fake.fail({ method: 'setMyCommands', ...PAGE, times: 9 });
  fake.sendText('/about', { from: fake.user() });
  await start();
  await fake.waitUntil(() => received.length === 1);
  await log.written('menus');
  fake.fail({ method: 'getUpdates', ...PAGE, times: 9 });
  await platform.stop();
  expect(log.lines.length).toBeGreaterThan(12);
  for (const { message, details } of log.lines) {
    const line = `${message} ${everythingOf(Object.assign(new Error(message), { details }))}`;
    expect(line).not.toContain(fake.token.split(':')[1]);
  }
});
