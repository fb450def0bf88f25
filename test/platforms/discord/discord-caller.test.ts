import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OutletError } from '../../../src/core/outlet-error.ts';
import { createDiscordCaller } from '../../../src/platforms/discord/discord-caller.ts';
import { TokenRefusedError } from '../../../src/platforms/token-refused-error.ts';
import { sleep } from '../../../src/services/sleep.ts';
import { connectChannel, connectDiscord, ME, messageTo } from '../../support/discord-connection.ts';
import { endlessSleep } from '../../support/platform-recorders.ts';
import { recordTelemetry } from '../../support/record-telemetry.ts';
import { failureOf } from '../../support/telegram-connection.ts';

const HTML = '<html><h1>Bad Gateway</h1></html>';
const JSON_TYPE = 'application/json';

const later = (afterMs: unknown) => ({ failure: { kind: 'later', afterMs } });
const UNSURE = { failure: { kind: 'unsure' } };

/** Says each time that there is nothing left for a while. */
async function startEmptyRoute() {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    const limits = {
      'x-ratelimit-limit': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '0.3',
    };
    response.writeHead(200, { ...limits, 'content-type': JSON_TYPE }).end('{}');
  });
  onTestFinished(() => void server.close());
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/api`, asked: () => asked };
}

describe('a call', () => {
  it('gives what Discord answers, and is counted by its name', async () => {
    const { fake, call, signal, counted } = await connectDiscord();
    expect(await call('who am I', ME, { signal, repeatable: true })).toMatchObject({ id: fake.bot.id });
    expect(counted).toEqual([
      { name: 'outside_calls', service: 'discord', method: 'who am I', outcome: 'ok' },
    ]);
    expect(fake.calls.map(({ route, headers }) => [route, headers['authorization']])).toEqual([
      ['GET /users/@me', `Bot ${fake.token}`],
    ]);
    expect(fake.violations).toEqual([]);
  });

  it('takes files and a query along', async () => {
    const { fake, call, signal } = await connectDiscord();
    const { general } = fake.guild();
    const files = [{ name: 'a.jpg', data: Buffer.from('bytes') }];
    await call('post message', { ...messageTo(general.id), files }, { signal, repeatable: false });
    expect(fake.callsOf('create_message')[0]).toMatchObject({
      params: { content: 'x' },
      files: [{ field: 'files[0]', fileName: 'a.jpg', bytes: Buffer.from('bytes') }],
    });
    const query = new URLSearchParams({ limit: '1' });
    const path = `/channels/${general.id}/messages` as const;
    const asked = call('read', { method: 'GET', path, query }, { signal, repeatable: true });
    expect(await asked).toMatchObject([{ content: 'x' }]);
    expect(fake.callsOf('list_messages')[0]?.query).toEqual({ limit: '1' });
    expect(fake.violations).toEqual([]);
  });

  it('has no result where there is nothing to say', async () => {
    const { fake, call, signal } = await connectDiscord();
    const path = `/channels/${fake.guild().general.id}/typing` as const;
    expect(await call('typing', { method: 'POST', path }, { signal, repeatable: false })).toBeUndefined();
  });
});

describe('what certainly was not done', () => {
  it('is waited for as long as Discord wants', async () => {
    const { fake, send, tries, pauses } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 4 });
    expect(await send()).toMatchObject({ content: 'x' });
    expect([tries(), pauses]).toEqual([2, [4050]]);
  });

  it('is done when a limit for all calls is over', async () => {
    const { fake, send, tries, sent } = await connectChannel({ sleep });
    fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 0.05, global: true });
    expect(await send()).toMatchObject({ content: 'x' });
    expect([sent(), tries()]).toEqual([1, 2]);
  });

  it('is not even asked for while a limit for all calls holds', async () => {
    const { fake, call, send, signal } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 6, global: true });
    expect(await failureOf(send())).toMatchObject(later(6050));
    expect(await failureOf(call('ping', ME, { signal, repeatable: true }))).toMatchObject(
      later(expect.any(Number)),
    );
    expect(fake.calls.map(({ method }) => method)).toEqual(['create_message']);
  });

  it('is not asked for where its route has nothing left, and done once it has', async () => {
    const { url, asked } = await startEmptyRoute();
    const { telemetry, counted } = recordTelemetry();
    const call = createDiscordCaller({ token: 'x', apiUrl: url, telemetry, sleep });
    const ping = () => call('ping', ME, { signal: new AbortController().signal, repeatable: false });
    await ping();
    await ping();
    expect(asked()).toBe(2);
    expect(counted.map((event) => 'outcome' in event && event.outcome)).toEqual(['ok', 'later', 'ok']);
  });

  it('is the caller’s to wait for when the pause is long', async () => {
    const { fake, send, tries, pauses } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 60, times: 9 });
    expect(await failureOf(send(true))).toMatchObject(later(60_050));
    expect([tries(), pauses]).toEqual([1, []]);
  });

  it('is given up after a few tries', async () => {
    const { fake, send, sent, tries, pauses } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 1, times: 9 });
    expect(await failureOf(send())).toMatchObject(later(1050));
    expect([sent(), tries(), pauses.length]).toEqual([0, 4, 3]);
  });

  it('is not asked for at once again where no pause is named', async () => {
    const { fake, send, tries, pauses } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'answer', status: 429, body: 'error code: 1015' });
    expect(await send()).toMatchObject({ content: 'x' });
    expect([tries(), pauses]).toEqual([2, [2000]]);
  });

  it('is tried again where nobody listens, too', async () => {
    const { fake, call, signal, outcomes } = await connectDiscord();
    await fake.close();
    expect(await failureOf(call('ping', ME, { signal, repeatable: false }))).toMatchObject(later(2000));
    expect(outcomes()).toEqual(['later', 'later', 'later', 'later']);
  });

  it('is tried again when a server in between has not let it through', async () => {
    const { fake, send, sent, tries } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'answer', status: 403, body: HTML });
    expect(await send()).toMatchObject({ content: 'x' });
    expect([sent(), tries()]).toEqual([1, 2]);
  });

  it('stays undone, and is known to be, when the time is over before its turn', async () => {
    const { fake, send, sent, outcomes } = await connectChannel({ sleep: endlessSleep().sleep });
    fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 3 });
    expect(await failureOf(send(false, 500))).toMatchObject(later(5000));
    expect([sent(), outcomes()]).toEqual([0, ['later']]);
  });

  it('is known when it waits behind another call of its route', async () => {
    const { fake, send, sent, tries, outcomes } = await connectChannel();
    const release = fake.hold('create_message');
    const first = send();
    await fake.waitForCall('create_message', { unanswered: true });
    expect(await failureOf(send(true, 300))).toMatchObject(later(2000));
    expect([tries(), outcomes()]).toEqual([1, ['later']]);
    release();
    await first;
    expect(await send()).toMatchObject({ content: 'x' });
    expect(sent()).toBe(2);
  });
});

describe('what may have been done', () => {
  it.each([
    ['a fault of Discord’s', { kind: 'refuse', status: 500, code: 0, message: 'Internal' }],
    ['a gateway’s page instead of an answer', { kind: 'answer', status: 502, body: HTML }],
    ['a proxy’s page as an answer', { kind: 'answer', status: 200, body: HTML }],
    ['a proxy’s way elsewhere', { kind: 'answer', status: 302, body: '' }],
    ['JSON that breaks off', { kind: 'answer', status: 200, body: '{"id":"12', contentType: JSON_TYPE }],
    [
      'a refusal that breaks off',
      { kind: 'answer', status: 400, body: '{"code":50', contentType: JSON_TYPE },
    ],
    ['JSON of another form', { kind: 'answer', status: 200, body: 'null', contentType: JSON_TYPE }],
    ['a connection that ends before it was done', { kind: 'drop' }],
    ['a connection that ends after it was done', { kind: 'drop-reply' }],
  ] as const)('is not done twice unless it may be: %s', async (_name, fault) => {
    const { fake, send, sent, tries } = await connectChannel();
    fake.fail({ method: 'create_message', ...fault });
    expect(await failureOf(send())).toMatchObject(UNSURE);
    expect(tries()).toBe(1);
    const before = sent();
    fake.fail({ method: 'create_message', ...fault, times: 2 });
    expect(await send(true)).toMatchObject({ content: 'x' });
    expect(tries()).toBe(4);
    expect(sent()).toBe(before + (fault.kind === 'drop-reply' ? 3 : 1));
    expect(fake.violations).toEqual([]);
  });

  it('is told when Discord takes longer than it may', async () => {
    const { fake, send, tries, outcomes } = await connectChannel();
    const release = fake.hold('create_message');
    expect(await failureOf(send(true, 300))).toMatchObject(UNSURE);
    expect([tries(), outcomes()]).toEqual([1, ['unsure']]);
    await fake.waitUntil(() => fake.callsOf('create_message')[0]?.status === 0); // the connection is not left open
    release();
  });

  it('counts all tries against one limit', async () => {
    const { fake, send } = await connectChannel();
    fake.fail({ method: 'create_message', kind: 'drop' });
    fake.hold('create_message');
    expect(await failureOf(send(true, 500))).toMatchObject(UNSURE);
  });
});

describe('the token', () => {
  it('is refused when Discord does not know it', async () => {
    const { fake, signal, telemetry, sleep: pause } = await connectDiscord();
    const token = `${fake.token.slice(0, -1)}x`;
    const call = createDiscordCaller({ token, apiUrl: fake.apiUrl, telemetry, sleep: pause });
    const failure = await failureOf(call('ping', ME, { signal, repeatable: true }));
    expect(failure).toBeInstanceOf(TokenRefusedError);
    expect(failure).toMatchObject({ platform: 'Discord', message: 'ping: the token was refused' });
    expect(fake.callsOf('get_my_user')).toHaveLength(1);
  });

  it('is shown again after it was refused once', async () => {
    const { fake, call, signal } = await connectDiscord();
    fake.fail({ method: 'get_my_user', kind: 'refuse', status: 401, code: 0, message: '401: Unauthorized' });
    const ping = () => call('ping', ME, { signal, repeatable: true });
    expect(await failureOf(ping())).toBeInstanceOf(TokenRefusedError);
    expect(await ping()).toMatchObject({ id: fake.bot.id });
  });

  it('is not sent where the path has one, and not given up when that one is refused', async () => {
    const { fake, call, signal } = await connectDiscord();
    const options = { signal, repeatable: true };
    const path = `/webhooks/${fake.bot.id}/not-a-token/messages/@original` as const;
    const edit = call('edit answer', { method: 'PATCH', path, body: { content: 'x' } }, options);
    expect(await failureOf(edit)).toMatchObject({ name: 'DiscordRefusal', status: 401, code: 50027 });
    await call('ping', ME, options);
    expect(fake.calls.map(({ headers }) => headers['authorization'])).toEqual([
      undefined,
      `Bot ${fake.token}`,
    ]);
  });
});

describe('when the program stops', () => {
  it('a call ends with the reason', async () => {
    const { fake, send, stop } = await connectChannel();
    fake.hold('create_message');
    const failure = failureOf(send(true));
    await fake.waitForCall('create_message', { unanswered: true });
    const reason = new Error('The program stops.');
    const queued = failureOf(send(true));
    stop.abort(reason);
    expect(await failure).toBe(reason);
    expect(await queued).toBe(reason);
    await fake.waitUntil(() => fake.callsOf('create_message')[0]?.status === 0);
    expect(fake.callsOf('create_message')).toHaveLength(1);
  });

  it('a pause ends, and nothing is tried after it', async () => {
    const { sleep: pause, asleep } = endlessSleep();
    const { fake, send, stop, tries } = await connectChannel({ sleep: pause });
    fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 2 });
    const failure = failureOf(send(true));
    expect(await asleep).toBe(2050);
    const reason = new Error('The program stops.');
    stop.abort(reason);
    expect(await failure).toBe(reason);
    expect(tries()).toBe(1);
  });

  it('no call begins', async () => {
    const { fake, send, stop } = await connectChannel();
    stop.abort(new Error('The program stops.'));
    expect(await failureOf(send(true))).toBe(stop.signal.reason);
    expect(fake.calls).toEqual([]);
  });
});

it('fails with errors of its own kind only', async () => {
  const { fake, call, signal } = await connectDiscord();
  fake.fail({ method: 'get_my_user', kind: 'drop' });
  expect(await failureOf(call('ping', ME, { signal, repeatable: false }))).toBeInstanceOf(OutletError);
});

it('holds nothing with a token of its own to the fifty calls a second that the bot has', async () => {
  const { fake, call, signal, pauses } = await connectDiscord();
  const by = fake.user();
  const answered = Array.from({ length: 60 }, async () => {
    const { id, token } = fake.slash('vibe', {}, { by });
    const path = `/interactions/${id}/${token}/callback` as const;
    return call('acknowledge', { method: 'POST', path, body: { type: 5 } }, { signal, repeatable: true });
  });
  await Promise.all(answered);
  expect([fake.callsOf('create_interaction_response').length, pauses]).toEqual([60, []]);
});
