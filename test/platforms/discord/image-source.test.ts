import { describe, expect, it } from 'vitest';
import { OutletError } from '../../../src/core/outlet-error.ts';
import { createDiscordImageSource } from '../../../src/platforms/discord/image-source.ts';
import { connectDiscord } from '../../support/discord-connection.ts';
import { endlessSleep } from '../../support/platform-recorders.ts';
import { everythingOf, failureOf } from '../../support/telegram-connection.ts';

const MEGABYTE = 1024 * 1024;
const BYTES = Buffer.from('0123456789'.repeat(1000));
const JSON_TYPE = 'application/json';

interface Options {
  readonly limitMs?: number;
  readonly sleep?: ReturnType<typeof endlessSleep>['sleep'];
  readonly cdnHosts?: readonly string[];
}

async function open(options: Options = {}) {
  const connection = await connectDiscord(options);
  const { fake, call, telemetry, sleep, signal } = connection;
  const cdnHosts = [fake.cdnHost];
  const source = createDiscordImageSource({ call, cdnHosts, telemetry, sleep, ...options });
  /** A reference to a picture that somebody sends to the bot alone. */
  const send = (bytes: Uint8Array = BYTES, given = {}) => {
    const message = fake.sendFiles([{ bytes, ...given }], { from: fake.user() });
    const [{ id: attachmentId = '', url = '', size = 0 } = {}] = message.attachments;
    return { url, size, attachmentId, source: { channelId: message.channel_id, messageId: message.id } };
  };
  const fetch = (reference: Parameters<typeof source.fetch>[0] = send()) => source.fetch(reference, signal);
  const downloads = () => fake.callsOf('file').length;
  return { ...connection, source, send, fetch, downloads };
}

const TOO_LARGE = { name: 'UserError', code: 'too-large-here', values: { maxMegabytes: 25 } };
const PICTURE_GONE = { name: 'UserError', code: 'picture-gone' };
const UNFETCHED = { failure: { kind: 'unfetched' } };

it('gives the bytes of a picture', async () => {
  const { fake, fetch, outcomes } = await open();
  expect(Buffer.from(await fetch())).toEqual(BYTES);
  expect(outcomes()).toEqual(['ok']);
  expect(fake.callsOf('file')[0]?.headers['authorization']).toBeUndefined();
  expect(fake.violations).toEqual([]);
});

it('gives an empty file as it is: what it holds is judged elsewhere', async () => {
  const { fetch, send } = await open();
  expect(await fetch(send(Buffer.alloc(0)))).toHaveLength(0);
});

it('takes a reference from the disk only as it wrote it', async () => {
  const { fetch, fake } = await open();
  await expect(fetch({ url: 'x' })).rejects.toThrow();
  expect(fake.calls).toEqual([]);
});

describe('an address that pictures are not fetched from', () => {
  const HOSTS = ['cdn.example', 'cdn.example:8443'];
  it.each([
    ['of another host', 'https://other.example/a'],
    ['of a host with a similar name', 'https://cdn.example.other.example/a'],
    ['of a host below it', 'https://a.cdn.example/a'],
    ['of another port', 'https://cdn.example:8444/a'],
    ['where anybody can listen in', 'http://cdn.example/a'],
    ['with a name and a password', 'https://me:secret@cdn.example/a'],
    ['that only looks like it', 'https://cdn.example@other.example/a'],
    ['of this machine', 'http://127.0.0.1/a'],
    ['of no server', 'file:///etc/passwd'],
    ['that holds the picture itself', 'data:image/png;base64,AAAA'],
    ['that is none', 'cdn.example/a'],
    ['that is empty', ''],
  ])('is not asked: %s', async (_name, url) => {
    const { fetch, send, fake, outcomes } = await open({ cdnHosts: HOSTS });
    expect(await failureOf(fetch({ ...send(), url }))).toMatchObject(PICTURE_GONE);
    expect(fake.calls).toEqual([]);
    expect(outcomes()).toEqual([]);
  });

  it('may be written with capitals', async () => {
    const { fake, call, telemetry, sleep, send, signal } = await open();
    const { port } = new URL(fake.url);
    const cdnHosts = [`LOCALHOST:${port}`];
    const source = createDiscordImageSource({ call, cdnHosts, telemetry, sleep });
    const reference = send();
    const url = reference.url.replace('127.0.0.1', 'LocalHost');
    expect(Buffer.from(await source.fetch({ ...reference, url }, signal))).toEqual(BYTES);
  });

  it('is not asked where a picture is said to be now, either', async () => {
    const { fake, fetch, send, downloads } = await open();
    const reference = send();
    fake.expireAttachments();
    const { channelId: channel_id, messageId: id } = reference.source;
    const attachments = [{ id: reference.attachmentId, filename: 'a', size: 1, url: 'http://127.0.0.1:1/a' }];
    const body = JSON.stringify({ id, type: 0, channel_id, author: { id: '1' }, attachments });
    fake.fail({ method: 'get_message', kind: 'answer', status: 200, body, contentType: JSON_TYPE });
    expect(await failureOf(fetch(reference))).toMatchObject(PICTURE_GONE);
    expect(downloads()).toBe(1);
  });
});

describe('a picture that is too large', () => {
  it('is not downloaded when Discord says so', async () => {
    const { fetch, send, fake } = await open();
    const reference = send(BYTES, { size: 25 * MEGABYTE + 1 });
    expect(await failureOf(fetch(reference))).toMatchObject(TOO_LARGE);
    expect(fake.calls).toEqual([]);
  });

  it('is not downloaded when Discord says so later', async () => {
    const { fetch, send, fake, downloads } = await open();
    const reference = { ...send(BYTES, { size: 25 * MEGABYTE + 1 }), size: BYTES.length };
    fake.expireAttachments();
    expect(await failureOf(fetch(reference))).toMatchObject(TOO_LARGE);
    expect(downloads()).toBe(1);
  });

  it('is left in the middle when nobody said so', async () => {
    const { fake, fetch, downloads, outcomes } = await open();
    fake.fail({ method: 'file', kind: 'endless' });
    expect(await failureOf(fetch())).toMatchObject(TOO_LARGE);
    // the server learns that nobody reads on
    await fake.waitForCall('file');
    expect([downloads(), outcomes()]).toEqual([1, ['too-large-here']]);
  });

  it('may be exactly as large as is read', async () => {
    const { fetch, send } = await open();
    expect(await fetch(send(Buffer.alloc(25 * MEGABYTE)))).toHaveLength(25 * MEGABYTE);
  });
});

describe('an address that has expired', () => {
  it('is asked for again, with the message', async () => {
    const { fake, fetch, send, outcomes } = await open();
    const reference = send();
    fake.expireAttachments();
    expect(Buffer.from(await fetch(reference))).toEqual(BYTES);
    expect(fake.calls.map(({ method }) => method)).toEqual(['file', 'get_message', 'file']);
    expect(outcomes()).toEqual(['picture-gone', 'ok', 'ok']);
    expect(fake.violations).toEqual([]);
  });

  it.each([403, 410])('may be told by HTTP’s %i, too', async (status) => {
    const { fake, fetch, downloads } = await open();
    fake.fail({ method: 'file', kind: 'answer', status, body: 'This content is no longer available.' });
    expect(Buffer.from(await fetch())).toEqual(BYTES);
    expect(downloads()).toBe(2);
  });

  it('is found in a message that was forwarded', async () => {
    const { fake, fetch, send } = await open();
    const [old, fresh] = [send(), send()];
    const { channelId: channel_id, messageId: id } = old.source;
    const attachments = [{ id: old.attachmentId, filename: 'a', size: fresh.size, url: fresh.url }];
    const message_snapshots = [{ message: { attachments } }];
    const body = JSON.stringify({ id, type: 0, channel_id, author: { id: '1' }, message_snapshots });
    fake.fail({ method: 'file', kind: 'not-found' });
    fake.fail({ method: 'get_message', kind: 'answer', status: 200, body, contentType: JSON_TYPE });
    expect(Buffer.from(await fetch(old))).toEqual(BYTES);
  });

  it('is asked for once: then the picture is gone', async () => {
    const { fake, fetch, downloads } = await open();
    fake.fail({ method: 'file', kind: 'not-found', times: 9 });
    expect(await failureOf(fetch())).toMatchObject(PICTURE_GONE);
    expect([downloads(), fake.callsOf('get_message').length]).toEqual([2, 1]);
  });

  it('is not asked for where no message has it', async () => {
    const { fake, fetch, send } = await open();
    const reference = { ...send(), source: null };
    fake.expireAttachments();
    expect(await failureOf(fetch(reference))).toMatchObject(PICTURE_GONE);
    expect(fake.calls.map(({ method }) => method)).toEqual(['file']);
  });

  it.each([
    ['the message is deleted', 404, 10_008],
    ['the bot may not see the channel', 403, 50_001],
    ['the bot may not read what was written', 403, 50_013],
  ])('means that the picture is gone when %s', async (_name, status, code) => {
    const { fake, fetch, downloads } = await open();
    fake.fail({ method: 'file', kind: 'not-found' });
    fake.fail({ method: 'get_message', kind: 'refuse', status, code });
    expect(await failureOf(fetch())).toMatchObject(PICTURE_GONE);
    expect(downloads()).toBe(1);
  });

  it('means that the picture is gone when the message does not show it any more', async () => {
    const { fake, fetch, send, downloads } = await open();
    const reference = send();
    fake.expireAttachments();
    expect(await failureOf(fetch({ ...reference, attachmentId: '1' }))).toMatchObject(PICTURE_GONE);
    // in a server the bot is not shown what was not said to it
    const { general } = fake.guild();
    const message = fake.sendFiles([{ bytes: BYTES }], { from: fake.user(), channel: general });
    fake.expireAttachments();
    const inServer = { ...reference, source: { channelId: general.id, messageId: message.id } };
    expect(await failureOf(fetch(inServer))).toMatchObject(PICTURE_GONE);
    expect(downloads()).toBe(2);
  });

  it('is left to the caller when Discord cannot be asked now', async () => {
    const { fake, fetch, pauses } = await open();
    fake.fail({ method: 'file', kind: 'not-found', times: 9 });
    fake.fail({ method: 'get_message', kind: 'rate-limit', retryAfter: 30 });
    expect(await failureOf(fetch())).toMatchObject({ failure: { kind: 'later', afterMs: 30_050 } });
    expect(pauses).toEqual([]);
    fake.fail({ method: 'get_message', kind: 'drop', times: 9 });
    expect(await failureOf(fetch())).toMatchObject({ failure: { kind: 'unsure' } });
  });
});

describe('a download that goes wrong', () => {
  it.each([
    ['breaks off', { kind: 'truncate', bytes: 100 }],
    ['ends before it begins', { kind: 'drop' }],
    ['is a gateway’s page', { kind: 'answer', status: 502, body: '<html>' }],
    ['is shorter than it should be', { kind: 'answer', status: 200, body: 'a proxy’s page' }],
  ] as const)('is tried again when it %s', async (_name, fault) => {
    const { fake, fetch, downloads, outcomes, pauses } = await open();
    fake.fail({ method: 'file', ...fault, times: 2 });
    expect(Buffer.from(await fetch())).toEqual(BYTES);
    expect([downloads(), outcomes(), pauses.length]).toEqual([3, ['failed', 'failed', 'ok'], 2]);
    fake.fail({ method: 'file', ...fault, times: 3 });
    expect(await failureOf(fetch())).toMatchObject(UNFETCHED);
    expect(downloads()).toBe(6);
    expect(fake.callsOf('get_message')).toEqual([]);
  });

  it('is left when it stalls, before its first byte or after', async () => {
    for (const fault of [{ kind: 'stall' }, { kind: 'drip', bytes: 100 }] as const) {
      const { fake, fetch, downloads } = await open({ limitMs: 500 });
      fake.fail({ method: 'file', ...fault, times: 9 });
      const failure = await failureOf(fetch());
      expect(failure).toBeInstanceOf(OutletError);
      expect(failure).toMatchObject(UNFETCHED);
      expect(downloads()).toBe(1);
    }
  });

  it('shares its limit with the message that is asked for', async () => {
    const { fake, fetch } = await open({ limitMs: 500 });
    fake.fail({ method: 'file', kind: 'not-found' });
    fake.hold('get_message');
    expect(await failureOf(fetch())).toMatchObject(UNFETCHED);
  });

  it.each([
    { kind: 'truncate', bytes: 2 },
    { kind: 'endless' },
    { kind: 'not-found' },
    { kind: 'drop' },
    { kind: 'stall' },
    { kind: 'answer', status: 502, body: '<html>' },
    { kind: 'answer', status: 302, body: '' },
  ] as const)('does not tell the signed address: %j', async (fault) => {
    const { fake, fetch, send } = await open({ limitMs: 500 });
    const reference = send();
    fake.fail({ method: 'file', ...fault, times: 9 });
    const told = everythingOf(await failureOf(fetch(reference)));
    for (const [, secret] of new URL(reference.url).searchParams) expect(told).not.toContain(secret);
    expect(told).not.toContain('/attachments/');
  });
});

it('ends with the reason when the program stops', async () => {
  const reason = new Error('The program stops.');
  for (const method of ['file', 'get_message']) {
    const { fake, fetch, send, stop } = await open();
    const reference = send();
    if (method === 'get_message') fake.expireAttachments();
    fake.hold(method);
    const failure = failureOf(fetch(reference));
    await fake.waitForCall(method, { unanswered: true });
    stop.abort(reason);
    expect(await failure).toBe(reason);
    await fake.waitForCall(({ method: called, status }) => called === method && status === 0);
  }
  const { sleep, asleep } = endlessSleep();
  const { fake, fetch, stop } = await open({ sleep });
  fake.fail({ method: 'file', kind: 'drop' });
  const failure = failureOf(fetch());
  await asleep;
  stop.abort(reason);
  expect(await failure).toBe(reason);
});
