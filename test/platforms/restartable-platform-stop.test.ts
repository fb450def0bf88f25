import { expect, it } from 'vitest';
import { openRestartable } from '../support/restartable-telegram.ts';
import { failureOf } from '../support/telegram-connection.ts';
import { textCard } from '../support/telegram-outlet.ts';

const never = new AbortController().signal;

it('stops while the token is refused', async () => {
  const { fake, platform, from, log, start } = await openRestartable();
  await start();
  fake.replaceToken();
  fake.sendText('/help', { from });
  await log.written('it is looked for again every minute');
  await platform.stop();
  await platform.ended;
});

it('stops while it waits for calls under way, which can still be made', async () => {
  const { fake, platform, request, shown, start, replaceToken, readSecret } = await openRestartable();
  await start();
  const release = fake.hold('sendMessage');
  const first = platform.outlet.post(request, textCard('first'), never);
  await fake.waitForCall('sendMessage', { unanswered: true });
  replaceToken();
  await readSecret();
  const later = platform.outlet.post(request, textCard('later'), never);
  await platform.stop();
  await platform.ended;
  release();
  await Promise.all([first, later]);
  expect(shown().toSorted()).toEqual(['first', 'later']);
  expect(fake.callsOf('getMe')).toHaveLength(1);
});

it('gives up its start when it is stopped', async () => {
  const { fake, platform, start } = await openRestartable();
  const release = fake.hold('getMe');
  const started = failureOf(start());
  await fake.waitForCall('getMe', { unanswered: true });
  await platform.stop();
  expect(String(await started)).toBe('Error: The program stops.');
  release();
});

it('goes on by a webhook until it is stopped, and tells Telegram of it with each token', async () => {
  const webhook = { url: 'https://bot.example/telegram', secret: 'only-Telegram_knows' };
  const { fake, platform, opened, start, replaceToken, readSecret } = await openRestartable({ webhook });
  await start();
  replaceToken();
  await readSecret();
  await fake.waitUntil(() => opened.length === 2 && platform.health().ok);
  expect(fake.callsOf('setWebhook').map(({ status }) => status)).toEqual([200, 200]);
  let hasEnded = false;
  const ended = platform.ended.then(() => {
    hasEnded = true;
  });
  await platform.tell('1', textCard('anything that takes its time'), never).catch(() => {});
  expect(hasEnded).toBe(false);
  await platform.stop();
  await ended;
});
