import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, CallLog, type CallMatch, type WaitOptions } from '../local-server/call-log.ts';
import { type CallFault, disturbCall } from '../local-server/disturb-call.ts';
import { type FaultHandle, type FaultOptions, FaultQueue } from '../local-server/fault-queue.ts';
import { LocalServer } from '../local-server/local-server.ts';
import { type BodyFault, sendJson } from '../local-server/send-json.ts';

export type ImdsFault =
  /** Somebody in between sends the client to another address. */
  { readonly kind: 'redirect'; readonly to: string } | CallFault | BodyFault;

const TOKEN_PATH = '/latest/api/token';
const INTERRUPTION_PATH = '/latest/meta-data/spot/instance-action';
const REBALANCE_PATH = '/latest/meta-data/events/recommendations/rebalance';
const LONGEST_TTL_SECONDS = 21_600;

/** Starts it on a free port of this machine. */
export async function startFakeImds(): Promise<FakeImds> {
  const fake = new FakeImds();
  await fake.listen();
  return fake;
}

/**
 * EC2's instance metadata service in its second version, for the two pages that tell whether an instance is to go. Calls are
 * named `token`, and by their paths. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class FakeImds {
  /** Pages by their paths; those that are missing are answered with 404. */
  readonly #pages = new Map<string, object>();
  readonly #tokens = new Set<string>();
  readonly #log = new CallLog();
  readonly #faults = new FaultQueue<Call, ImdsFault>();
  readonly #server = new LocalServer((request, response) => this.#serve(request, response));

  get origin(): string {
    return this.#server.origin;
  }

  /** What a program needs to ask here. */
  get settings(): Readonly<Record<string, string>> {
    return { AWS_EC2_METADATA_SERVICE_ENDPOINT: this.origin };
  }

  get calls(): readonly Call[] {
    return this.#log.calls;
  }

  /** EC2 finds that the instance may well be interrupted. */
  recommendRebalance(noticeTime = '2030-01-01T00:00:00Z'): void {
    this.#pages.set(REBALANCE_PATH, { noticeTime });
  }

  /** EC2 takes the instance back in two minutes. */
  interrupt(time = '2030-01-01T00:02:00Z'): void {
    this.#pages.set(INTERRUPTION_PATH, { action: 'terminate', time });
  }

  /** No token given out so far is taken any more. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  /** Lets the next call, or `times` calls, go wrong: of `method`, or any. */
  fail(fault: ImdsFault & Partial<FaultOptions<Call>>): FaultHandle {
    return this.#faults.add({ method: '*', ...fault });
  }

  async waitForCall(match: CallMatch, options?: WaitOptions): Promise<Call> {
    return await this.#log.waitForCall(match, options);
  }

  async listen(): Promise<void> {
    await this.#server.listen();
  }

  async close(): Promise<void> {
    this.#faults.close();
    await this.#server.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', method: verb, headers } = request;
    const call = this.#log.begin(path === TOKEN_PATH ? 'token' : path, {});
    response.once('close', () => this.#log.finish(call, response.headersSent ? response.statusCode : 0));
    call.read = true;
    const fault = this.#faults.take(call);
    this.#log.changed();
    if (fault && (await disturbCall({ what: fault.what as CallFault, pass: fault.pass }, response))) return;
    if (response.destroyed) return;
    if (fault?.what.kind === 'redirect') {
      return void response.writeHead(307, { location: fault.what.to }).end();
    }
    if (path === TOKEN_PATH) return this.#giveToken(response, verb, headers[TTL_HEADER]);
    if (!this.#tokens.has(String(headers[TOKEN_HEADER]))) return void response.writeHead(401).end();
    const page = this.#pages.get(path);
    if (!page) return void response.writeHead(404).end('<html>not found</html>');
    await sendJson(response, { status: 200, body: page }, fault);
  }

  #giveToken(response: ServerResponse, verb: string | undefined, ttl: unknown): void {
    const seconds = Number(ttl);
    const isRight = verb === 'PUT' && seconds >= 1 && seconds <= LONGEST_TTL_SECONDS;
    if (!isRight) return void response.writeHead(verb === 'PUT' ? 400 : 405).end();
    const token = randomUUID();
    this.#tokens.add(token);
    response.writeHead(200, { 'content-type': 'text/plain' }).end(token);
  }
}

const TTL_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
const TOKEN_HEADER = 'x-aws-ec2-metadata-token';
