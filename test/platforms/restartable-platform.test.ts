import { expect, it } from 'vitest';
import { OutletError } from '../../src/core/outlet-error.ts';
import { TokenRefusedError } from '../../src/platforms/token-refused-error.ts';
import { openRestartable } from '../support/restartable-telegram.ts';
import { failureOf } from '../support/telegram-connection.ts';
import { textCard } from '../support/telegram-outlet.ts';

const never = new AbortController().signal;
const MINUTE_MS = 60_000;

it('starts again with a new token, and hears what is asked from then on', async () => {
  const { fake, platform, log, received, opened, from, start, replaceToken, readSecret } =
    await openRestartable();
  await start();
  replaceToken();
  await readSecret();
  await fake.waitUntil(() => opened.length === 2 && platform.health().ok);
  // the last poll was given up
  await fake.waitUntil(() => fake.callsOf('getUpdates')[0]?.status === 0);
  fake.sendText('/help', { from });
  await fake.waitUntil(() => received.length === 1);
  expect(received[0]?.request.call.command).toBe('help');
  expect(log.lines.map(({ message }) => message)).toContain('Telegram starts again with another token');
  expect(fake.callsOf('getMe').map(({ status }) => status)).toEqual([200, 200]);
  expect(fake.violations).toEqual([]);
});

it('does nothing when the secret is read and the token is the same', async () => {
  const { opened, start, readSecret, secret } = await openRestartable();
  await start();
  await readSecret();
  expect([secret.reads, opened.length]).toEqual([1, 1]);
});

it('waits for the calls under way, and sends later ones with the new token', async () => {
  const { fake, platform, request, shown, opened, start, replaceToken, readSecret, time } =
    await openRestartable();
  await start();
  const release = fake.hold('sendMessage');
  const first = platform.outlet.post(request, textCard('first'), never);
  await fake.waitForCall('sendMessage', { unanswered: true });
  replaceToken();
  await readSecret();
  expect(platform.health()).toEqual({ ok: false, detail: 'starts again with another token' });
  const later = platform.outlet.post(request, textCard('later'), never);
  const leaving = new AbortController();
  const left = platform.outlet.post(request, textCard('left'), leaving.signal);
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  await time.advance(2000);
  expect([opened.length, fake.callsOf('sendMessage').length]).toEqual([1, 1]);
  release();
  await Promise.all([first, later]);
  expect(shown()).toEqual(['first', 'later']);
  expect(opened).toHaveLength(2);
});

it('waits no longer than it may for a call that does not end', async () => {
  const { fake, platform, request, opened, start, replaceToken, readSecret, time } = await openRestartable();
  await start();
  const release = fake.hold('sendMessage');
  const first = platform.outlet.post(request, textCard('first'), never);
  await fake.waitForCall('sendMessage', { unanswered: true });
  replaceToken();
  await readSecret();
  // until the last poll has ended, nobody counts the time
  while (opened.length === 1) await time.advance(10_000);
  expect(fake.callsOf('sendMessage')[0]?.status).toBeUndefined();
  release();
  await first;
});

it('reads the secret when a call is refused, and makes it once more with the new token', async () => {
  const { fake, platform, request, shown, secret, start, replaceToken } = await openRestartable();
  await start();
  replaceToken();
  const cards = ['one', 'two', 'three'];
  await Promise.all(cards.map((words) => platform.outlet.post(request, textCard(words), never)));
  expect(shown().toSorted()).toEqual(cards.toSorted());
  expect(secret.reads).toBe(1);
  expect(
    fake
      .callsOf('sendMessage')
      .map(({ status }) => status)
      .toSorted(),
  ).toEqual([200, 200, 200, 401, 401, 401]);
});

it('fetches a picture, and tells whoever runs it, with the new token', async () => {
  const { fake, platform, from, shown, start, replaceToken } = await openRestartable();
  await start();
  const { message } = fake.sendDocument(Buffer.from('bytes'), { from });
  replaceToken();
  const reference = { fileId: message.document?.file_id ?? '', size: null };
  expect(Buffer.from(await platform.imageSource.fetch(reference, never)).toString()).toBe('bytes');
  await platform.tell(`${from.id}`, textCard('told'), never);
  expect(shown()).toEqual(['told']);
});

it('says later where a call is refused and there is no other token', async () => {
  const { fake, platform, request, secret, start } = await openRestartable();
  await start();
  fake.replaceToken();
  for (const words of ['one', 'two']) {
    const error = await failureOf(platform.outlet.post(request, textCard(words), never));
    expect(error).toBeInstanceOf(OutletError);
    expect(error).toMatchObject({ failure: { kind: 'later' } });
  }
  // at most once a minute
  expect(secret.reads).toBe(1);
});

it('reads the secret when the first start is refused', async () => {
  const { platform, start, replaceToken, opened } = await openRestartable();
  replaceToken();
  await start();
  expect([platform.health().ok, opened.length]).toEqual([true, 2]);
});

it.each(['secret', 'environment'] as const)(
  'does not start with a refused token where there is no other: %s',
  async (origin) => {
    const { fake, platform, start, secret } = await openRestartable({ origin });
    fake.replaceToken();
    expect(await failureOf(start())).toBeInstanceOf(TokenRefusedError);
    expect(await failureOf(platform.ended)).toBeInstanceOf(TokenRefusedError);
    expect(secret.reads).toBe(origin === 'secret' ? 1 : 0);
  },
);

it('stays, red, while the token is refused, and looks for another every minute', async () => {
  const { fake, platform, from, received, log, time, secret, opened, start } = await openRestartable();
  await start();
  const token = fake.replaceToken();
  fake.sendText('/help', { from }); // ends the poll that is under way
  await log.written('it is looked for again every minute');
  expect(platform.health()).toEqual({ ok: false, detail: 'the token was refused' });
  const told = () => log.lines.filter(({ message }) => message.includes('looked for')).length;
  await time.advance(MINUTE_MS);
  await fake.waitUntil(() => told() === 2);
  expect([secret.reads, opened.length]).toEqual([2, 2]);
  secret.token = token;
  await time.advance(MINUTE_MS);
  await fake.waitUntil(() => platform.health().ok && received.length > 1);
  // what was not confirmed comes once more; the inbox knows it
  expect(received.map(({ key }) => key)).toEqual(Array(2).fill(received[0]?.key));
  expect(JSON.stringify(log.lines)).not.toContain(token);
});

it('ends when a token of the environment is taken back', async () => {
  const { fake, platform, from, start } = await openRestartable({ origin: 'environment' });
  await start();
  fake.replaceToken();
  fake.sendText('/help', { from });
  expect(await failureOf(platform.ended)).toBeInstanceOf(TokenRefusedError);
});
