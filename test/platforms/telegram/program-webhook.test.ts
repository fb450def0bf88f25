import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { fixture } from '../../support/discord-program.ts';
import { openOutsideScene } from '../../support/outside-program.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('a program that Telegram calls goes on for as long as nobody stops it, and answers', async () => {
  const { telegram, answers, start } = await openOutsideScene();
  const port = await freePort();
  const program = await start({
    PORT: `${port}`,
    TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
    TELEGRAM_WEBHOOK_SECRET: 'only-Telegram_knows',
  });
  await telegram.waitForCall('setMyCommands');
  const user = telegram.user({ languageCode: 'en' });
  const chat = telegram.privateChat(user);
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: user });
  await telegram.waitUntil(() => answers(chat.id)[0]?.text.includes('Warm, low light falls'));
  expect(telegram.callsOf('getUpdates')).toEqual([]);
  expect(await program.stop('SIGTERM')).toBe(0);
  expect(telegram.violations).toEqual([]);
});
