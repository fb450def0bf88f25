import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { Log } from '../core/chat-ports.ts';
import { isHealthy } from './is-healthy.ts';

export type Health = Readonly<
  Record<
    string,
    { readonly ok: boolean; readonly detail?: string; readonly heartbeatAgeMs?: number | undefined }
  >
>;

export interface Webhook {
  readonly path: string;
  /** What Telegram was told to send along; never empty. */
  readonly secret: string;
  /** 1 MB when left out. */
  readonly maxBytes?: number;
  /** Resolves once the update is kept; when it rejects, Telegram sends the update again. */
  handle(update: unknown): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  health(): Promise<Health>;
  readonly metrics: { metrics(): Promise<string>; readonly contentType: string };
  readonly webhook?: Webhook;
  readonly log: Log;
  /** In which a request has to arrive in full: 10 s when left out. */
  readonly requestTimeoutMs?: number;
  /** How long running requests may take once the server closes: 5 s when left out. */
  readonly closeTimeoutMs?: number;
}

export interface HttpServer {
  /** Throws ListenError. */
  listen(): Promise<{ readonly port: number }>;
  /** Takes no more requests; resolves when the last is answered or cut off. */
  close(): Promise<void>;
}

const LISTEN_FAILURES = {
  EADDRINUSE: 'taken',
  EACCES: 'not-allowed',
  EADDRNOTAVAIL: 'no-such-address',
  ENOTFOUND: 'no-such-address',
} as const;

/** The server's address cannot be had. */
export class ListenError extends Error {
  readonly reason: (typeof LISTEN_FAILURES)[keyof typeof LISTEN_FAILURES];

  constructor(address: string, code: keyof typeof LISTEN_FAILURES, options?: ErrorOptions) {
    super(`Cannot listen on ${address}: ${LISTEN_FAILURES[code]} (${code}).`, options);
    this.name = 'ListenError';
    this.reason = LISTEN_FAILURES[code];
  }
}

const MEGABYTE = 1024 * 1024;

/** Health, metrics and Telegram's webhook. Bodies and secrets are never logged. Throws when the webhook's secret is empty. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { host, port, webhook, requestTimeoutMs = 10_000, closeTimeoutMs = 5_000 } = options;
  const app = createApp(requestTimeoutMs);
  answerFailures(app, options.log);
  addHealth(app, options);
  app.get('/metrics', async (_request, reply) =>
    reply.type(options.metrics.contentType).send(await options.metrics.metrics()),
  );
  if (webhook) addWebhook(app, webhook, options.log);
  const running = new Set<ServerResponse>();
  let closing = false;
  app.server.on('request', (_request, response) => {
    running.add(response);
    response.once('close', () => running.delete(response));
  });
  app.server.on('connection', (socket) => {
    if (closing) socket.destroy();
  });
  return {
    async listen() {
      await app.ready();
      try {
        await once(app.server.listen({ host, port }), 'listening');
      } catch (error) {
        throw asListenError(error, `${host}:${port}`);
      }
      return { port: (app.server.address() as AddressInfo).port };
    },
    async close() {
      closing = true;
      const closed = app.close();
      const cutOff = setTimeout(() => app.server.closeAllConnections(), closeTimeoutMs);
      await Promise.allSettled([...running].map((response) => once(response, 'close')));
      clearTimeout(cutOff);
      app.server.closeAllConnections(); // those left are idle, some of them too new for Node to see it
      await closed;
    },
  };
}

function createApp(requestTimeout: number): FastifyInstance {
  return fastify({
    logger: false,
    requestTimeout, // fastify's own default is none, whatever the server was made with
    http: {
      requestTimeout,
      headersTimeout: requestTimeout,
      connectionsCheckingInterval: Math.min(1_000, requestTimeout), // Node looks only every 30 s by itself
    },
    frameworkErrors: (_error, _request, reply) => notFound(reply as FastifyReply),
  });
}

/** Whatever else was being sent is not waited for. */
function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).header('connection', 'close').send({});
}

function answerFailures(app: FastifyInstance, log: Log): void {
  // before the body is read: nobody's but Telegram's is wanted
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return notFound(reply);
  });
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode >= 500) log.error('A request failed.', { error, route: request.routeOptions.url });
    return reply.code(statusCode).send({});
  });
}

function addHealth(app: FastifyInstance, { health, log }: HttpServerOptions): void {
  app.get('/healthz', async (_request, reply) => {
    try {
      const checks = await health();
      const ok = isHealthy(checks);
      return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'failing', checks });
    } catch (error) {
      log.error('The health check failed.', { error });
      return reply.code(503).send({ status: 'failing', checks: {} });
    }
  });
}

function addWebhook(app: FastifyInstance, webhook: Webhook, log: Log): void {
  const { path, secret, maxBytes: bodyLimit = MEGABYTE, handle } = webhook;
  if (!secret) throw new Error('The webhook needs a secret.');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post(path, { bodyLimit, onRequest }, async (request, reply) => {
    const update = parseObject(request.body);
    if (!update) return reply.code(400).send({});
    try {
      await handle(update);
    } catch (error) {
      log.error('An update could not be kept.', { error });
      return reply.code(500).send({});
    }
    return reply.send({});
  });

  async function onRequest({ headers }: FastifyRequest, reply: FastifyReply) {
    const given = headers['x-telegram-bot-api-secret-token'];
    const known = typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
    if (!known) return reply.code(403).header('connection', 'close').send({});
    delete headers['content-type']; // fastify refuses malformed ones; here only the bytes count
  }
}

/** null for anything but a JSON object in UTF-8. */
function parseObject(bytes: unknown): object | null {
  try {
    // in one go: a character may come in two chunks
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes as Uint8Array));
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function asListenError(error: unknown, address: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!Object.hasOwn(LISTEN_FAILURES, code)) return error;
  return new ListenError(address, code as keyof typeof LISTEN_FAILURES, { cause: error });
}
