import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** An HTTP server on a free port of this machine. */
export class LocalServer {
  readonly #server: Server;

  /** `upgrade` takes connections that want to become sockets. */
  constructor(serve: Serve, upgrade?: Upgrade) {
    this.#server = createServer((request, response) => void serve(request, response));
    if (upgrade) this.#server.on('upgrade', upgrade);
    // a connection that the server closes by the clock could be just the one a client takes up again
    this.#server.keepAliveTimeout = 0;
  }

  /** `http://127.0.0.1:1234` */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.listen(0, '127.0.0.1', resolve);
    await promise;
  }

  /** Ends all connections, too. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }
}
