import { REST } from 'discord.js';
import { expect, test } from 'vitest';
import { flat } from '../pictures.ts';
import { type FakeDiscord, startFakeDiscord } from './fake-discord.ts';

const restOf = (fake: FakeDiscord) =>
  new REST({ api: fake.apiUrl, version: '10', retries: 0 }).setToken(fake.token);
const PHOTO = await flat(300, 200, 'red').jpeg().toBuffer();

function fileOf(fake: FakeDiscord): string {
  const [file] = fake.sendFiles([{ bytes: PHOTO }], { from: fake.user() }).attachments;
  return file?.url ?? '';
}

test('files are served at signed addresses, until these expire', async () => {
  await using fake = await startFakeDiscord();
  const url = fileOf(fake);
  const response = await fetch(url);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PHOTO);
  expect(new URL(url).host).toBe(fake.cdnHost);
  expect((await fetch(url.replace(/hm=../, 'hm=00'))).status).toBe(404);
  expect((await fetch(url.split('?')[0] ?? '')).status).toBe(404);
  fake.advance(24 * 60 * 60 * 1000 + 1000);
  expect((await fetch(url)).status).toBe(404);
  const fresh = fileOf(fake);
  fake.expireAttachments();
  expect((await fetch(fresh)).status).toBe(404);
  expect(fake.callsOf('file').map(({ status }) => status)).toEqual([200, 404, 404, 404, 404]);
});

test('calls go wrong, each the number of times asked for', async () => {
  await using fake = await startFakeDiscord();
  const rest = restOf(fake);
  const { id } = fake.guild().general;
  const send = () => rest.post(`/channels/${id}/messages`, { body: { content: 'x' } });
  fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 0.05 });
  await send();
  expect(fake.callsOf('create_message').map(({ status }) => status)).toEqual([429, 200]);
  fake.fail({ method: 'create_message', kind: 'answer', status: 502, body: '<html>' });
  await expect(send()).rejects.toMatchObject({ status: 502 });
  fake.fail({ method: 'create_message', kind: 'drop' });
  await expect(send()).rejects.toThrow('other side closed');
  fake.fail({
    method: 'create_message',
    kind: 'refuse',
    status: 403,
    code: 50013,
    message: 'Missing Permissions',
  });
  await expect(send()).rejects.toMatchObject({ code: 50013 });
  expect(fake.messagesIn({ id })).toHaveLength(1);
  fake.fail({ method: 'create_message', kind: 'drop-reply' });
  await expect(send()).rejects.toThrow('other side closed');
  expect(fake.messagesIn({ id })).toHaveLength(2);
  expect(fake.violations).toEqual([]);
  expect(() => fake.fail({ method: 'sendMessage', kind: 'drop' })).toThrow('no operation of Discord');
});

test('a global limit holds for every route, by its headers', async () => {
  await using fake = await startFakeDiscord();
  const headers = { authorization: `Bot ${fake.token}` };
  fake.fail({ method: 'get_my_user', kind: 'rate-limit', retryAfter: 1.5, global: true });
  const response = await fetch(`${fake.apiUrl}/v10/users/@me`, { headers });
  expect(response.status).toBe(429);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'retry-after': '1.5',
    'x-ratelimit-global': 'true',
    'x-ratelimit-scope': 'global',
  });
  expect(await response.json()).toMatchObject({ retry_after: 1.5, global: true });
  expect(
    (await fetch(`${fake.apiUrl}/v10/users/@me`, { headers })).headers.get('x-ratelimit-remaining'),
  ).toBe('49');
});

test('a held call goes on when the test says so; others meet no fault meant for it', async () => {
  await using fake = await startFakeDiscord();
  const rest = restOf(fake);
  const [one, other] = [fake.guild().general.id, fake.guild().general.id];
  const send = (id: string) => rest.post(`/channels/${id}/messages`, { body: { content: 'x' } });
  const release = fake.hold('create_message');
  const held = send(one);
  await fake.waitForCall('create_message', { unanswered: true });
  expect(fake.messagesIn({ id: one })).toEqual([]);
  release();
  await held;
  expect(fake.messagesIn({ id: one })).toHaveLength(1);
  const fault = fake.fail({ method: '*', kind: 'drop', where: ({ path }) => path['channel_id'] === other });
  await send(one);
  await expect(send(other)).rejects.toThrow('other side closed');
  expect([fault.left, fault.met.length]).toEqual([0, 1]);
});
