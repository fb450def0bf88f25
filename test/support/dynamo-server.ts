import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { type Call, CallLog, type CallMatch, type WaitOptions } from './local-server/call-log.ts';
import { type CallFault, disturbCall } from './local-server/disturb-call.ts';
import { type Fault, type FaultHandle, type FaultOptions, FaultQueue } from './local-server/fault-queue.ts';
import { LocalServer } from './local-server/local-server.ts';
import { readBody } from './local-server/read-form.ts';

export const ACCESS_KEY_ID = 'AKIAFAKEFORTESTS0002';

export type DynamoFault =
  /** An exception in AWS's form. */
  | { readonly kind: 'refuse'; readonly code: string; readonly status?: number }
  /** The answer begins, and its end never comes. */
  | { readonly kind: 'stall-body' }
  /** Only the first of a batch is done. */
  | { readonly kind: 'leave-out' }
  | CallFault;

/** Starts a DynamoDB on a free port of this machine. */
export async function startDynamoServer(): Promise<DynamoServer> {
  const server = new DynamoServer(dynalite({ createTableMs: 0 }));
  await server.listen();
  return server;
}

/** dynalite, which speaks DynamoDB's protocol, behind a server that notes calls and lets them go wrong. */
export class DynamoServer {
  readonly #log = new CallLog();
  readonly #faults = new FaultQueue<Call, DynamoFault>();
  readonly #front = new LocalServer((request, response) => this.#serve(request, response));
  readonly #dynalite: Server;

  constructor(dynalite: Server) {
    this.#dynalite = dynalite;
  }

  /** What a program needs to use it. */
  get settings(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: this.#front.origin,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: 'planted/aws+secret/access+key+0123456789',
      // nothing of whoever runs the tests
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
  }

  /** Where no call is noted or goes wrong. */
  get quietOrigin(): string {
    return `http://127.0.0.1:${(this.#dynalite.address() as AddressInfo).port}`;
  }

  /** Every call, in order of arrival. */
  get calls(): readonly Call[] {
    return this.#log.calls;
  }

  /** Lets the next call, or `times` calls, go wrong: of `method`, or any. */
  fail(fault: DynamoFault & Partial<FaultOptions<Call>>): FaultHandle {
    return this.#faults.add({ method: '*', ...fault });
  }

  async waitForCall(match: CallMatch, options?: WaitOptions): Promise<Call> {
    return await this.#log.waitForCall(match, options);
  }

  async listen(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#dynalite.listen(0, '127.0.0.1', resolve);
    await Promise.all([promise, this.#front.listen()]);
  }

  async close(): Promise<void> {
    await this.#front.close(); // first: what is held then has nobody who waits for it
    this.#faults.close();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#dynalite.close(() => resolve());
    this.#dynalite.closeAllConnections();
    await promise;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = this.#log.begin(String(request.headers['x-amz-target']).replace(/^.*\./, ''), {});
    response.once('close', () => this.#log.finish(call, response.headersSent ? response.statusCode : 0));
    const body = await readBody(request).catch(() => null);
    if (!body) return;
    call.params = JSON.parse(body.toString());
    call.read = true;
    const fault = this.#faults.take(call);
    this.#log.changed();
    if (fault && (await this.#disturb(fault, response))) return;
    if (isGone(response)) return; // nobody waits any more for what was held
    const leftOut = fault?.what.kind === 'leave-out' ? leaveOut(call) : {};
    const answer = await this.#pass(request, JSON.stringify(call.params)).catch(() => null);
    if (!answer) return void response.destroy(); // the table is gone already
    if (fault?.what.kind === 'drop-reply') response.socket?.destroy();
    if (isGone(response)) return;
    response.writeHead(answer.status, { 'content-type': JSON_TYPE });
    response.end(JSON.stringify({ ...answer.body, ...leftOut }));
  }

  async #pass({ headers }: IncomingMessage, body: string): Promise<{ status: number; body: object }> {
    const passed = ['x-amz-target', 'x-amz-date', 'authorization', 'content-type'];
    const answer = await fetch(this.quietOrigin, {
      method: 'POST',
      headers: passed.map((name): [string, string] => [name, String(headers[name])]),
      body,
    });
    return { status: answer.status, body: (await answer.json()) as object };
  }

  async #disturb({ what, pass }: Fault<DynamoFault>, response: ServerResponse): Promise<boolean> {
    switch (what.kind) {
      case 'refuse':
        refuse(response, what.code, what.status ?? 400);
        return true;
      case 'stall-body':
        response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': 1000 });
        response.write('{"Item":{"pk":{"S":"planted');
        await pass();
        return true;
      case 'leave-out':
        return false;
      default:
        return await disturbCall({ what, pass }, response);
    }
  }
}

/** Known as soon as the socket ends, where `destroyed` waits for its last event. */
function isGone({ socket }: ServerResponse): boolean {
  return socket?.destroyed ?? true;
}

const JSON_TYPE = 'application/x-amz-json-1.0';

/** The message holds who asks for what, as AWS's own do. */
function refuse(response: ServerResponse, code: string, status: number): void {
  const message = `User: arn:aws:iam::123456789012:user/${ACCESS_KEY_ID}: ${code} planted`;
  response.writeHead(status, { 'content-type': JSON_TYPE });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message }));
}

/** Takes all but the first out of a batch; what the answer says of that. */
function leaveOut(call: Call): object {
  const { RequestItems } = call.params as { RequestItems: Record<string, unknown[] & { Keys?: unknown[] }> };
  const [[table, requests] = ['', []]] = Object.entries(RequestItems);
  const isRead = !Array.isArray(requests);
  const all = isRead ? (requests as { Keys: unknown[] }).Keys : requests;
  const [first, ...rest] = all;
  const part = (some: unknown[]) => ({ [table]: isRead ? { ...(requests as object), Keys: some } : some });
  call.params = { ...call.params, RequestItems: part([first]) };
  const left = rest.length > 0 ? part(rest) : {};
  return isRead ? { UnprocessedKeys: left } : { UnprocessedItems: left };
}
