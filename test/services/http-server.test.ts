import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/core/chat-ports.ts';
import {
  createHttpServer,
  type HttpServer,
  type HttpServerOptions,
  ListenError,
  type Webhook,
} from '../../src/services/http-server.ts';

const SECRET = 'only-Telegram_knows';
const logged: [level: string, message: string, details: unknown][] = [];
const open: HttpServer[] = [];
const at = (level: string) => (message: string, details?: unknown) =>
  void logged.push([level, message, details]);
const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };

afterEach(async () => {
  logged.length = 0;
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(given: Partial<HttpServerOptions> = {}) {
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    health: async () => ({}),
    metrics: { metrics: async () => 'vibe_up 1\n', contentType: 'text/plain; version=0.0.4; charset=utf-8' },
    log,
    ...given,
  });
  open.push(server);
  const { port } = await server.listen();
  return { server, port, url: `http://127.0.0.1:${port}` };
}

async function startWebhook(given: Partial<Webhook> = {}, options: Partial<HttpServerOptions> = {}) {
  const updates: unknown[] = [];
  const handle = async (update: unknown) => void updates.push(update);
  const started = await start({
    webhook: { path: '/telegram', secret: SECRET, handle, ...given },
    ...options,
  });
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(`${started.url}/telegram`, {
      method: 'POST',
      body,
      headers: { 'X-Telegram-Bot-Api-Secret-Token': SECRET, ...headers },
    });
  return { ...started, updates, post };
}

/** A connection that says exactly what it is told to, and all that came back once the server ended it. */
function speak(port: number) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  return { socket, answer: text(socket) };
}

const head = (...headers: string[]) =>
  [
    'POST /telegram HTTP/1.1',
    'Host: here',
    `X-Telegram-Bot-Api-Secret-Token: ${SECRET}`,
    ...headers,
    '',
    '',
  ].join('\r\n');

describe('health and metrics', () => {
  it('is ok when every check is', async () => {
    const checks = { store: { ok: true }, telegram: { ok: true, detail: 'polling' } };
    const { url } = await start({ health: async () => checks });
    const response = await fetch(`${url}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', checks });
    expect([...response.headers.keys()].sort()).toEqual(
      ['connection', 'content-length', 'content-type', 'date', 'keep-alive'].sort(),
    );
  });

  it('is failing when one is', async () => {
    const checks = { store: { ok: true }, model: { ok: false, detail: 'not loaded' } };
    const { url } = await start({ health: async () => checks });
    const response = await fetch(`${url}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'failing', checks });
  });

  it('is failing when the check throws, and keeps what it said for the log', async () => {
    const error = new Error('secret path');
    const { url } = await start({ health: () => Promise.reject(error) });
    const response = await fetch(`${url}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'failing', checks: {} });
    expect(logged).toEqual([['error', 'The health check failed.', { error }]]);
  });

  it('shows the metrics', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toBe('vibe_up 1\n');
  });

  it('says nothing of what went wrong', async () => {
    const error = new Error('secret path');
    const { url } = await start({
      metrics: { metrics: () => Promise.reject(error), contentType: 'text/plain' },
    });
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{}');
    expect(logged).toEqual([['error', 'A request failed.', { error, route: '/metrics' }]]);
  });
});

it.each([
  ['GET', '/'],
  ['GET', '/telegram'],
  ['POST', '/healthz'],
  ['POST', '/telegram/'],
  ['PUT', '/metrics'],
  ['GET', '/%zz'],
])('has nothing at %s %s', async (method, path) => {
  const { url } = await startWebhook();
  const response = await fetch(url + path, { method, ...(method !== 'GET' && { body: '{}' }) });
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('{}');
  expect(logged).toEqual([]);
});

it('has no webhook unless it is asked for, and none without a secret', async () => {
  const { url } = await start();
  expect((await fetch(`${url}/telegram`, { method: 'POST', body: '{}' })).status).toBe(404);
  await expect(startWebhook({ secret: '' })).rejects.toThrow('needs a secret');
});

describe('the webhook', () => {
  it.each([
    'application/json',
    'application/json; charset=latin1',
    'text/plain',
    'multipart/form-data',
    'no type at all;;',
  ])('takes an update that calls itself %s', async (type) => {
    const { post, updates } = await startWebhook();
    const response = await post('{"update_id":1,"text":"مرحبا"}', { 'Content-Type': type });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{}');
    expect(updates).toEqual([{ update_id: 1, text: 'مرحبا' }]);
  });

  it('takes an update without a type, in chunks that end within a character', async () => {
    const { port, updates } = await startWebhook();
    const { socket, answer } = speak(port);
    socket.setNoDelay(true);
    const body = Buffer.from('{"text":"مرحبا 🎷"}');
    socket.write(head(`Content-Length: ${body.length}`, 'Connection: close'));
    for (const byte of body) {
      socket.write(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(updates).toEqual([{ text: 'مرحبا 🎷' }]);
  });

  it('takes an update in chunked encoding', async () => {
    const { port, updates } = await startWebhook();
    const { socket, answer } = speak(port);
    socket.write(head('Transfer-Encoding: chunked', 'Connection: close'));
    for (const part of [Buffer.from('{"a":"'), Buffer.from([0xc3]), Buffer.from([0xbc]), Buffer.from('"}')]) {
      socket.write(`${part.length.toString(16)}\r\n`);
      socket.write(part);
      socket.write('\r\n');
    }
    socket.write('0\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(updates).toEqual([{ a: 'ü' }]);
  });

  it.each([
    ['none', []],
    ['a wrong one', ['X-Telegram-Bot-Api-Secret-Token: only-Telegram_knowS']],
    ['a longer one', [`X-Telegram-Bot-Api-Secret-Token: ${SECRET}${SECRET}`]],
    ['it twice', Array(2).fill(`X-Telegram-Bot-Api-Secret-Token: ${SECRET}`)],
  ])('turns away whoever has no secret before any body: %s', async (_name, headers) => {
    const { port, updates } = await startWebhook();
    const { socket, answer } = speak(port);
    socket.write(
      ['POST /telegram HTTP/1.1', 'Host: here', 'Content-Length: 900', ...headers, '', ''].join('\r\n'),
    );
    expect(await answer).toMatch(/^HTTP\/1\.1 403 .*\r\n\r\n\{\}$/s);
    expect([updates, logged]).toEqual([[], []]);
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"update_id":'],
    ['an array', '[{"update_id":1}]'],
    ['null', 'null'],
    ['a text', '"update"'],
    ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
  ])('refuses %s', async (_name, body) => {
    const { post, updates } = await startWebhook();
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.text()).toBe('{}');
    expect([updates, logged]).toEqual([[], []]);
  });

  it('refuses what is announced as too long before it comes', async () => {
    const { port, updates } = await startWebhook();
    const { socket, answer } = speak(port);
    socket.write(head(`Content-Length: ${1024 * 1024 + 1}`));
    expect(await answer).toMatch(/^HTTP\/1\.1 413 .*\r\n\r\n\{\}$/s);
    expect([updates, logged]).toEqual([[], []]);
  });

  it('refuses what turns out too long', async () => {
    const { port, updates, post } = await startWebhook({ maxBytes: 10 });
    expect((await post('{"a":1234}')).status).toBe(200);
    const { socket, answer } = speak(port);
    socket.write(`${head('Transfer-Encoding: chunked')}b\r\n{"a":12345}\r\n`);
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
    expect([updates, logged]).toEqual([[{ a: 1234 }], []]);
  });

  it.each([undefined, 404])(
    'asks for the update again when it was not kept (status %s)',
    async (statusCode) => {
      const error = Object.assign(new Error('disk full'), { statusCode });
      const { post } = await startWebhook({ handle: () => Promise.reject(error) });
      const response = await post('{"text":"what a person sent"}');
      expect(response.status).toBe(500);
      expect(await response.text()).toBe('{}');
      expect(logged).toEqual([['error', 'An update could not be kept.', { error }]]);
      expect(JSON.stringify(logged)).not.toMatch(/person|knows/);
    },
  );

  it.each([
    ['body', `${head('Content-Length: 100')}{"text":`],
    ['head', 'POST /telegram HTTP/1.1\r\nHost: he'],
  ])('waits for no slow %s', async (_part, start) => {
    const { port, updates } = await startWebhook({}, { requestTimeoutMs: 50 });
    const { socket, answer } = speak(port);
    socket.write(start);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
    expect([updates, logged]).toEqual([[], []]);
  });

  it('goes on when a sender leaves in the middle', async () => {
    const { port, post, updates } = await startWebhook();
    const { socket, answer } = speak(port);
    socket.end(`${head('Content-Length: 100')}{"text":`);
    await answer;
    expect((await post('{"update_id":2}')).status).toBe(200);
    expect([updates, logged]).toEqual([[{ update_id: 2 }], []]);
  });
});

describe('listening and closing', () => {
  it('says why it cannot listen', async () => {
    const { port } = await start();
    const taken = await start({ port }).catch((error: unknown) => error);
    expect(taken).toBeInstanceOf(ListenError);
    expect(taken).toMatchObject({ reason: 'taken', message: expect.stringContaining(`127.0.0.1:${port}`) });
    // 192.0.2.0/24 is for documentation: no machine's own
    await expect(start({ host: '192.0.2.1' })).rejects.toMatchObject({ reason: 'no-such-address' });
  });

  it('can be closed before and after it listened in vain, and twice', async () => {
    const { server, port } = await start();
    await start({ port }).catch(() => {});
    await open.at(-1)?.close();
    await server.close();
    await server.close();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  it('ends idle connections at once: used, fresh, or halfway through a head', async () => {
    const { server, port } = await start({ closeTimeoutMs: 1e6, requestTimeoutMs: 1e6 });
    const agent = new Agent({ keepAlive: true });
    const used = httpRequest({ port, host: '127.0.0.1', path: '/healthz', agent }).end();
    const [response] = await once(used, 'response');
    await text(response);
    const [fresh, halfway] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    const ended = [fresh, halfway].map(
      (socket) => new Promise((end) => socket.on('error', () => {}).once('close', end)),
    );
    await Promise.all([once(fresh, 'connect'), once(halfway, 'connect')]);
    halfway.write('GET /healthz HTTP/1.1\r\nHo');
    await server.close();
    await Promise.all(ended);
    agent.destroy();
  });

  it('lets a running request finish, and takes no others', async () => {
    const entered = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const handle = () => {
      entered.resolve();
      return leave.promise;
    };
    const { server, post, url } = await startWebhook({ handle }, { closeTimeoutMs: 1e6 });
    const posted = post('{}');
    await entered.promise;
    const closed = server.close();
    await expect.poll(() => fetch(`${url}/healthz`).catch(() => 'refused')).toBe('refused');
    leave.resolve();
    expect((await posted).status).toBe(200);
    await closed;
  });

  it('cuts off one that does not finish', async () => {
    const entered = Promise.withResolvers<void>();
    const handle = () => {
      entered.resolve();
      return new Promise<void>(() => {});
    };
    const { server, post } = await startWebhook({ handle }, { closeTimeoutMs: 20 });
    const posted = post('{}').catch(() => 'cut off');
    await entered.promise;
    await server.close();
    expect(await posted).toBe('cut off');
  });
});
