import { Telegram } from 'telegraf';
import { expect, test } from 'vitest';
import { startFakeDiscord } from '../discord/fake-discord.ts';
import { startFakeBotApi } from '../telegram/fake-bot-api.ts';

const BYTES = Buffer.from('0123456789'.repeat(100));

async function fileOfTelegram() {
  const fake = await startFakeBotApi();
  const { message } = fake.sendDocument(BYTES, { from: fake.user() });
  const telegram = new Telegram(fake.token, { apiRoot: fake.url });
  return { fake, url: (await telegram.getFileLink(message.document?.file_id ?? '')).href };
}

async function fileOfDiscord() {
  const fake = await startFakeDiscord();
  const { attachments } = fake.sendFiles([{ bytes: BYTES }], { from: fake.user() });
  return { fake, url: attachments[0]?.url ?? '' };
}

test.each([
  ['Telegram', fileOfTelegram],
  ['Discord', fileOfDiscord],
])('downloads go wrong: %s', async (_name, open) => {
  const { fake, url } = await open();
  await using _ = fake;
  fake.fail({ method: 'file', kind: 'truncate', bytes: 100 });
  const half = await fetch(url);
  expect(half.headers.get('content-length')).toBe('1000');
  await expect(half.arrayBuffer()).rejects.toThrow('terminated');

  fake.fail({ method: 'file', kind: 'not-found' });
  expect((await fetch(url)).status).toBe(404);

  const drip = fake.fail({ method: 'file', kind: 'drip', bytes: 400 });
  const body = (await fetch(url)).body?.getReader();
  expect((await body?.read())?.value).toHaveLength(400);
  drip.next();
  expect((await body?.read())?.value).toHaveLength(400);
  drip.release();
  expect((await body?.read())?.value).toHaveLength(200);
  expect((await body?.read())?.done).toBe(true);

  fake.fail({ method: 'file', kind: 'endless' });
  const endless = await fetch(url);
  expect(endless.headers.get('content-length')).toBeNull();
  let seen = 0;
  for await (const chunk of endless.body ?? []) {
    seen += chunk.length;
    if (seen > 1_000_000) break;
  }

  const stall = fake.fail({ method: 'file', kind: 'stall' });
  const gaveUp = new AbortController();
  const stalled = expect(fetch(url, { signal: gaveUp.signal })).rejects.toThrow('aborted');
  await fake.waitForCall('file', { after: fake.calls.length, unanswered: true });
  gaveUp.abort();
  await stalled;
  await fake.waitForCall(({ fault, status }) => fault === 'stall' && status === 0);
  stall.release();
});
