import { REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { OutletError } from '../../../src/core/outlet-error.ts';
import { createDiscordCaller, type DiscordRequest } from '../../../src/platforms/discord/discord-caller.ts';
import {
  ALREADY_ACKNOWLEDGED,
  DEAD_TOKEN,
  DiscordRefusal,
  MISSING_PERMISSIONS,
  TOO_MANY_FOLLOW_UPS,
} from '../../../src/platforms/discord/discord-failure.ts';
import { connectChannel, connectDiscord, ME, messageTo } from '../../support/discord-connection.ts';
import { everythingOf, failureOf } from '../../support/telegram-connection.ts';

const HTML = '<html>Bad Gateway</html>';
const JSON_TYPE = 'application/json';
const GONE = { failure: { kind: 'gone' } };

describe('what Discord refuses', () => {
  it.each([
    [404, 10_003, 'Unknown Channel'],
    [404, 10_004, 'Unknown Guild'],
    [404, 10_008, 'Unknown Message'],
    [404, 10_013, 'Unknown User'],
    [403, 50_001, 'Missing Access'],
    [403, 50_007, 'Cannot send messages to this user'],
    [403, 50_278, 'Cannot send messages to this user due to having no mutual guilds'],
    [400, 50_083, 'Thread is archived'],
    [400, 160_005, 'Thread is locked'],
  ])('for good is gone: %i %i %s', async (status, code, message) => {
    const { fake, send, tries, outcomes } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'refuse', status, code, message, times: 9 });
    const failure = await failureOf(send(true));
    expect(failure).toBeInstanceOf(OutletError);
    expect(failure).toMatchObject({ ...GONE, message: `post message: ${status} ${code} ${message}` });
    expect([tries(), outcomes()]).toEqual([1, ['gone']]);
  });

  it('by its own blocked people, archived threads and unknown places', async () => {
    const { fake, call, signal } = await connectDiscord();
    const send = (channelId: string) =>
      failureOf(call('post message', messageTo(channelId), { signal, repeatable: true }));
    const person = fake.user();
    fake.block(person);
    expect(await send(fake.dm(person).id)).toMatchObject(GONE);
    const thread = fake.thread(fake.guild().general);
    thread.archived = true;
    expect(await send(thread.id)).toMatchObject(GONE);
    expect(await send('1100000000000000009')).toMatchObject(GONE);
    expect(await send(fake.guild({ bot: false }).general.id)).toMatchObject(GONE);
  });

  it.each([
    [404, 10_015, DEAD_TOKEN],
    [401, 50_027, DEAD_TOKEN],
    [404, 10_062, DEAD_TOKEN],
    [400, 40_060, [ALREADY_ACKNOWLEDGED]],
    [403, 50_013, [MISSING_PERMISSIONS]],
    [400, 40_094, [TOO_MANY_FOLLOW_UPS]],
    [404, 0, [0]],
  ])('for any other reason is told as it is: %i %i', async (status, code, names) => {
    const { fake, send, tries, outcomes } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'refuse', status, code, message: 'No' });
    const failure = await failureOf(send(true));
    expect(failure).toBeInstanceOf(DiscordRefusal);
    expect(failure).toMatchObject({ status, code, description: 'No' });
    const refusal = failure as DiscordRefusal;
    expect([refusal.is(...names), refusal.is(1, 2)]).toEqual([true, false]);
    expect([tries(), outcomes()]).toEqual([1, ['refused']]);
  });

  it.each([
    [403, 40_333],
    [400, 130_000],
  ])('for the time being is for later: %i %i', async (status, code) => {
    const { fake, send, tries } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'refuse', status, code, times: 9 });
    expect(await failureOf(send())).toMatchObject({ failure: { kind: 'later', afterMs: 30_000 } });
    expect(tries()).toBe(1);
  });

  it('names the fields that are wrong, and nothing that was in them', async () => {
    const { fake, call, signal } = await connectDiscord();
    const request = messageTo(fake.guild().general.id, 'secret'.repeat(1000));
    const failure = await failureOf(call('post message', request, { signal, repeatable: true }));
    expect(failure).toMatchObject({
      message: 'post message: 400 50035 Invalid Form Body content[BASE_TYPE_MAX_LENGTH]',
    });
    expect(everythingOf(failure)).not.toContain('secret');
  });
});

const FAULTS = [
  { kind: 'rate-limit', retryAfter: 60 },
  { kind: 'rate-limit', retryAfter: 6, global: true },
  { kind: 'refuse', status: 400, code: 50_035, message: 'Invalid Form Body' },
  { kind: 'refuse', status: 401, code: 0, message: '401: Unauthorized' },
  { kind: 'refuse', status: 401, code: 50_027, message: 'Invalid Webhook Token' },
  { kind: 'refuse', status: 403, code: 50_001, message: 'Missing Access' },
  { kind: 'refuse', status: 500, code: 0, message: 'Internal' },
  { kind: 'answer', status: 502, body: HTML },
  { kind: 'answer', status: 403, body: HTML },
  { kind: 'answer', status: 429, body: HTML },
  { kind: 'answer', status: 200, body: HTML },
  { kind: 'answer', status: 302, body: '' },
  { kind: 'answer', status: 200, body: '{"id":"12', contentType: JSON_TYPE },
  { kind: 'answer', status: 400, body: '{"code":50', contentType: JSON_TYPE },
  { kind: 'answer', status: 400, body: 'null', contentType: JSON_TYPE },
  { kind: 'drop' },
  { kind: 'drop-reply' },
  { kind: 'stall' },
] as const;

/** The bot's token, an interaction's token in the path, and what people see. */
function expectNoSecret(error: unknown, token: string): void {
  const told = everythingOf(error);
  expect(told).not.toContain(token);
  expect(told).not.toContain(token.split('.')[2]?.slice(0, 12));
  expect(told).not.toContain('aToken');
  expect(told).not.toContain('what it says');
  expect(told).not.toContain('/v10/');
}

const secretEdit = (botId: string): DiscordRequest => ({
  method: 'PATCH',
  path: `/webhooks/${botId}/aToken/messages/@original`,
  body: { content: 'what it says' },
});

describe('secrets', () => {
  it('are in an error of discord.js’s own, and would be found there', async () => {
    const { fake } = await connectDiscord();
    const rest = new REST({ api: fake.apiUrl, retries: 0 });
    const { path, body } = secretEdit(fake.bot.id);
    const error = await failureOf(rest.patch(path, { body, auth: false }));
    expect(() => expectNoSecret(error, fake.token)).toThrow();
  });

  it.each(FAULTS.map((fault) => [JSON.stringify(fault), fault] as const))(
    'are in no error: %s',
    async (_name, fault) => {
      const { fake, call, signal } = await connectDiscord();
      for (const repeatable of [false, true]) {
        const handle = fake.fail({ method: '*', ...fault, times: 9 });
        const options = { signal, repeatable, limitMs: 300 };
        expectNoSecret(await failureOf(call('edit answer', secretEdit(fake.bot.id), options)), fake.token);
        expectNoSecret(await failureOf(call('ping', ME, options)), fake.token);
        handle.release();
      }
    },
  );

  it.each([
    ['nobody listens', 'http://127.0.0.1:1'],
    ['there is no such host', 'http://nowhere.invalid'],
    ['it is no address', 'nowhere'],
  ])('are in no error when %s', async (_name, apiUrl) => {
    const { fake, telemetry, sleep, signal } = await connectDiscord();
    const call = createDiscordCaller({ token: fake.token, apiUrl, telemetry, sleep });
    const edit = call('edit answer', secretEdit(fake.bot.id), { signal, repeatable: true });
    expectNoSecret(await failureOf(edit), fake.token);
  });
});
