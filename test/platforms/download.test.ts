import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDownloader, type RemoteFile } from '../../src/platforms/download.ts';
import { recordSleep } from '../support/platform-recorders.ts';
import { recordTelemetry } from '../support/record-telemetry.ts';
import { everythingOf, failureOf } from '../support/telegram-connection.ts';

const MEGABYTE = 1024 * 1024;
const TOO_LARGE = { name: 'UserError', code: 'too-large-here', values: { maxMegabytes: 1 } };
const UNFETCHED = { failure: { kind: 'unfetched' } };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers so. */
async function open(answer: Answer, limitMs?: number) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { telemetry, counted } = recordTelemetry();
  const { sleep, pauses } = recordSleep();
  const limits = { maxMegabytes: 1, gone: [404, 410], limitMs };
  const withDownload = createDownloader({ service: 'discord', telemetry, sleep, ...limits });
  const stop = new AbortController();
  const get = (file: Partial<RemoteFile> = {}) =>
    withDownload((download) => download({ url: '/secret', base, size: null, ...file }), stop.signal);
  return { asked, counted, pauses, get, withDownload, stop };
}

const give =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

it('gives the bytes, and is counted', async () => {
  const { get, counted, asked } = await open(give(200, 'bytes'));
  expect(Buffer.from(await get()).toString()).toBe('bytes');
  expect(counted).toEqual([{ name: 'outside_calls', service: 'discord', method: 'file', outcome: 'ok' }]);
  expect(asked).toEqual(['/secret']);
});

describe('a file that is too large', () => {
  it('is not asked for when that is known', async () => {
    const { get, asked, counted } = await open(give(200, 'bytes'));
    expect(await failureOf(get({ size: MEGABYTE + 1 }))).toMatchObject(TOO_LARGE);
    expect([asked, counted]).toEqual([[], []]);
  });

  it('is left at once when the server says so', async () => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const { get, asked, counted } = await open((_request, response) => {
      response.on('close', resolve);
      response.writeHead(200, { 'content-length': `${MEGABYTE + 1}` }).flushHeaders();
    });
    expect(await failureOf(get())).toMatchObject(TOO_LARGE);
    await left;
    expect([asked.length, counted]).toMatchObject([1, [{ outcome: 'too-large-here' }]]);
  });

  it('is left in the middle when nobody says so', async () => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const { get } = await open((_request, response) => {
      response.on('close', resolve);
      response.write(Buffer.alloc(MEGABYTE + 1));
    });
    expect(await failureOf(get())).toMatchObject(TOO_LARGE);
    await left;
  });
});

describe('a file that is not there', () => {
  it.each([404, 410])('is gone: %i', async (status) => {
    const { get, asked, counted } = await open(give(status, 'no'));
    expect(await failureOf(get())).toMatchObject({ name: 'UserError', code: 'picture-gone' });
    expect([asked.length, counted]).toMatchObject([1, [{ outcome: 'picture-gone' }]]);
  });

  it('is not looked for elsewhere', async () => {
    const { get, asked, pauses } = await open(give(302, '', { location: '/elsewhere' }));
    expect(await failureOf(get())).toMatchObject(UNFETCHED);
    expect([asked, pauses.length]).toEqual([['/secret', '/secret', '/secret'], 2]);
  });
});

describe('what goes wrong', () => {
  it.each([403, 500])('is tried again: %i', async (status) => {
    const { get, asked } = await open(give(status, 'no'));
    expect(await failureOf(get())).toMatchObject({ message: `file: ${status}`, ...UNFETCHED });
    expect(asked).toHaveLength(3);
  });

  it('is tried again when fewer bytes come than there are', async () => {
    const { get, asked } = await open(give(200, 'byt'));
    expect(await failureOf(get({ size: 5 }))).toMatchObject({ message: 'file: truncated', ...UNFETCHED });
    expect(asked).toHaveLength(3);
  });

  it('tells nothing of the address', async () => {
    const { get } = await open(give(302, '', { location: '/secret' }));
    for (const file of [{}, { url: 'http://secret:x' }, { base: 'secret' }, { base: 'http://127.0.0.1:1' }]) {
      const failure = await failureOf(get(file));
      expect(failure).toMatchObject(UNFETCHED);
      expect(everythingOf(failure)).not.toContain('secret');
    }
  });

  it('ends when the time is over, what finds the file included', async () => {
    const { get, withDownload, stop } = await open(() => {}, 50);
    expect(await failureOf(get())).toMatchObject(UNFETCHED);
    const find = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const failure = await failureOf(withDownload((_download, signal) => find(signal), stop.signal));
    expect(failure).toMatchObject({ message: 'file: no time left', ...UNFETCHED });
  });

  it('is passed on when it is a mistake in finding the file', async () => {
    const { withDownload, stop } = await open(() => {});
    const mistake = new Error('a mistake');
    expect(
      await failureOf(
        withDownload(async () => {
          throw mistake;
        }, stop.signal),
      ),
    ).toBe(mistake);
  });
});

it('ends with the reason when the program stops', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const { get, stop } = await open(() => resolve());
  const failure = failureOf(get());
  await asked;
  stop.abort(new Error('The program stops.'));
  expect(await failure).toBe(stop.signal.reason);
});
