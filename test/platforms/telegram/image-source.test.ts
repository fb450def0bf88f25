import { describe, expect, it } from 'vitest';
import { OutletError } from '../../../src/core/outlet-error.ts';
import { createTelegramImageSource } from '../../../src/platforms/telegram/image-source.ts';
import { endlessSleep } from '../../support/platform-recorders.ts';
import { connectTelegram, failureOf } from '../../support/telegram-connection.ts';

const MEGABYTE = 1024 * 1024;
const BYTES = Buffer.from('0123456789'.repeat(1000));

async function open(options: { limitMs?: number; sleep?: ReturnType<typeof endlessSleep>['sleep'] } = {}) {
  const connection = await connectTelegram(options);
  const { fake, call, telemetry, sleep, signal } = connection;
  const { url: apiRoot, token } = fake;
  const source = createTelegramImageSource({ call, apiRoot, token, telemetry, sleep, ...options });
  const send = (bytes: Uint8Array = BYTES, given = {}) =>
    fake.sendDocument(bytes, { from: fake.user(), ...given }).message.document?.file_id ?? '';
  const fetch = (fileId = send()) => source.fetch({ fileId, size: null }, signal);
  const downloads = () => fake.callsOf('file').length;
  return { ...connection, source, send, fetch, downloads };
}

const TOO_LARGE = { name: 'UserError', code: 'too-large-here', values: { maxMegabytes: 20 } };
const PICTURE_GONE = { name: 'UserError', code: 'picture-gone' };
const UNFETCHED = { failure: { kind: 'unfetched' } };

it('gives the bytes of a file', async () => {
  const { fake, fetch, outcomes } = await open();
  expect(Buffer.from(await fetch())).toEqual(BYTES);
  expect(outcomes()).toEqual(['ok', 'ok']);
  expect(fake.violations).toEqual([]);
});

it('gives an empty file as it is: what it holds is judged elsewhere', async () => {
  const { fetch, send } = await open();
  expect(await fetch(send(Buffer.alloc(0)))).toHaveLength(0);
});

it('takes a reference from the disk only as it wrote it', async () => {
  const { source, signal, fake } = await open();
  await expect(source.fetch({ file: 'x' }, signal)).rejects.toThrow();
  expect(fake.calls).toEqual([]);
});

describe('a picture that is too large', () => {
  it('is not downloaded when Telegram says so, either way', async () => {
    const { fake, fetch, send, downloads } = await open();
    expect(await failureOf(fetch(send(BYTES, { fileSize: 20 * MEGABYTE + 1 })))).toMatchObject(TOO_LARGE);
    const file = { file_id: 'x', file_unique_id: 'x', file_size: 20 * MEGABYTE + 1, file_path: 'a/b' };
    const body = JSON.stringify({ ok: true, result: file });
    fake.fail({ method: 'getFile', kind: 'answer', status: 200, body, contentType: 'application/json' });
    expect(await failureOf(fetch())).toMatchObject(TOO_LARGE);
    expect(downloads()).toBe(0);
  });

  it('is left in the middle when nobody said so', async () => {
    const { fake, fetch, downloads, outcomes } = await open();
    fake.fail({ method: 'file', kind: 'endless' });
    expect(await failureOf(fetch())).toMatchObject(TOO_LARGE);
    // the server learns that nobody reads on
    await fake.waitForCall('file');
    expect([downloads(), outcomes()]).toEqual([1, ['ok', 'too-large-here']]);
  });

  it('may be exactly as large as bots may download', async () => {
    const { fetch, send } = await open();
    expect(await fetch(send(Buffer.alloc(20 * MEGABYTE)))).toHaveLength(20 * MEGABYTE);
  });
});

describe('a picture that Telegram does not have', () => {
  it.each([
    'Bad Request: wrong file_id or the file is temporarily unavailable',
    'Bad Request: invalid file_id',
  ])('is gone: %s', async (description) => {
    const { fake, fetch, downloads } = await open();
    fake.fail({ method: 'getFile', kind: 'refuse', code: 400, description });
    expect(await failureOf(fetch())).toMatchObject(PICTURE_GONE);
    expect(await failureOf(fetch('never given out'))).toMatchObject(PICTURE_GONE);
    expect(downloads()).toBe(0);
  });

  it('is gone when its bytes are, or when it has no path', async () => {
    const { fake, fetch, downloads } = await open();
    fake.fail({ method: 'file', kind: 'not-found' });
    expect(await failureOf(fetch())).toMatchObject(PICTURE_GONE);
    const body = JSON.stringify({ ok: true, result: { file_id: 'x', file_unique_id: 'x' } });
    fake.fail({ method: 'getFile', kind: 'answer', status: 200, body, contentType: 'application/json' });
    expect(await failureOf(fetch())).toMatchObject(PICTURE_GONE);
    expect(downloads()).toBe(1);
  });
});

describe('a download that goes wrong', () => {
  it.each([
    ['breaks off', { kind: 'truncate', bytes: 100 }],
    ['ends before it begins', { kind: 'drop' }],
    ['is a gateway’s page', { kind: 'answer', status: 502, body: '<html>' }],
  ] as const)('is tried again when it %s', async (_name, fault) => {
    const { fake, fetch, downloads, outcomes, pauses } = await open();
    fake.fail({ method: 'file', ...fault, times: 2 });
    expect(Buffer.from(await fetch())).toEqual(BYTES);
    expect([downloads(), outcomes(), pauses.length]).toEqual([3, ['ok', 'failed', 'failed', 'ok'], 2]);
    expect(fake.callsOf('getFile')).toHaveLength(1);
    fake.fail({ method: 'file', ...fault, times: 3 });
    expect(await failureOf(fetch())).toMatchObject(UNFETCHED);
    expect(downloads()).toBe(6);
  });

  it('is tried again when it is shorter than it should be, though it ended well', async () => {
    const { fake, fetch, downloads } = await open();
    const short = { kind: 'answer', status: 200, body: 'a proxy’s page' } as const;
    fake.fail({ method: 'file', ...short });
    expect(Buffer.from(await fetch())).toEqual(BYTES);
    expect(downloads()).toBe(2);
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

  it('is left when its limit ends in a pause', async () => {
    const { fake, fetch, downloads } = await open({ limitMs: 500, sleep: endlessSleep().sleep });
    fake.fail({ method: 'file', kind: 'drop' });
    expect(await failureOf(fetch())).toMatchObject({ message: 'file: no time left', ...UNFETCHED });
    expect(downloads()).toBe(1);
  });
});

describe('a file that cannot be asked for', () => {
  it('is left to the caller for as long as Telegram wants', async () => {
    const { fake, fetch, pauses } = await open();
    fake.fail({ method: 'getFile', kind: 'rate-limit', retryAfter: 30, times: 9 });
    expect(await failureOf(fetch())).toMatchObject({ failure: { kind: 'later', afterMs: 30_000 } });
    expect([fake.callsOf('getFile').length, pauses]).toEqual([1, []]);
  });

  it('is asked for again when an answer is lost, within the one limit', async () => {
    const { fake, fetch } = await open({ limitMs: 500 });
    fake.fail({ method: 'getFile', kind: 'drop' });
    expect(Buffer.from(await fetch())).toEqual(BYTES);
    fake.hold('getFile');
    expect(await failureOf(fetch())).toMatchObject(UNFETCHED);
  });
});

it('ends with the reason when the program stops', async () => {
  const reason = new Error('The program stops.');
  for (const method of ['getFile', 'file']) {
    const { fake, fetch, stop } = await open();
    fake.hold(method);
    const failure = failureOf(fetch());
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
