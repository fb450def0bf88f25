import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerCall, attempt } from './answer-call.ts';
import { httpRefusal, invalidForm, refuse } from './api-refusal.ts';
import { channelMethods } from './channel-methods.ts';
import { commandMethods } from './command-methods.ts';
import type { DiscordCall } from './discord-call-log.ts';
import { type DiscordFault, DiscordFaults, meetFault } from './discord-faults.ts';
import { type Operation, operations } from './discord-spec.ts';
import { interactionMethods } from './interaction-methods.ts';
import type { Methods } from './method.ts';
import { type RawRequest, readRequest } from './read-request.ts';
import { isAttachment, serveAttachment } from './serve-attachment.ts';
import { setupMethods } from './setup-methods.ts';
import { webhookMethods } from './webhook-methods.ts';
import type { World } from './world.ts';

const API = '/api/v10';
const MAX_REQUEST = 25 * 1024 * 1024;

interface Arrived {
  readonly operation: Operation | undefined;
  readonly call: DiscordCall;
  /** The server's time on arrival. */
  readonly at: number;
}

/** Takes the calls: checks them, meets them with faults, does what they ask. */
export class CallServer {
  readonly faults = new DiscordFaults();
  readonly #world: World;
  readonly #methods: Methods;

  /** `methods` are those that need to know the gateway. */
  constructor(world: World, methods: Methods) {
    this.#world = world;
    this.#methods = {
      ...interactionMethods,
      ...webhookMethods,
      ...channelMethods,
      ...commandMethods,
      ...setupMethods,
      ...methods,
    };
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.#world.origin);
    if (isAttachment(pathname)) {
      await serveAttachment({ world: this.#world, faults: this.faults }, request, response);
    } else await this.#serveCall(request, response);
  }

  async #serveCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = this.#arrive(request);
    const { call } = arrived;
    response.once('close', () => this.#world.log.finish(call, 0));
    let fault: DiscordFault | undefined;
    const outcome = await attempt(this.#world, call, async () => {
      const raw = await read(request);
      this.#world.log.accept(call, raw.body);
      call.files = raw.files;
      call.read = true;
      fault = this.faults.take(call);
      this.#world.log.changed();
      if (fault && (await meetFault(fault, response))) return { isMet: true };
      return response.destroyed ? {} : { body: await this.#act(arrived, raw) };
    });
    if (fault?.what.kind === 'drop-reply') response.socket?.destroy();
    else answerCall(this.#world, call, response, outcome);
  }

  #arrive(request: IncomingMessage): Arrived {
    const { method: verb = 'GET', headers } = request;
    const { pathname, searchParams } = new URL(request.url ?? '/', this.#world.origin);
    const path = decode(pathname.slice(API.length));
    const isOurs = pathname.startsWith(`${API}/`);
    const operation = isOurs ? operations.find((one) => one.match(verb, path)) : undefined;
    const { method, route } = operation ?? { method: `${verb} ${pathname}`, route: `${verb} ${pathname}` };
    const call = this.#world.log.arrive(method, { route, headers });
    call.path = operation?.match(verb, path) ?? {};
    call.query = Object.fromEntries(searchParams);
    return { operation, call, at: this.#world.clock.now() };
  }

  async #act({ operation, call, at }: Arrived, raw: RawRequest): Promise<unknown> {
    if (!operation) throw httpRefusal(404, 'Not Found', true);
    if (!operation.isOpen) this.#checkToken(call);
    if (raw.size > MAX_REQUEST) throw refuse(40005, true);
    const body = raw.body ?? (operation.takesBody ? {} : undefined);
    const problems = operation.problemsOf(call.query, body);
    if (problems.length > 0) throw invalidForm(problems);
    if (raw.files.length > 0 && !operation.takesFiles) throw httpRefusal(400, 'takes no files', true);
    const method = this.#methods[operation.method];
    if (!method) throw httpRefusal(501, `${operation.method} is not there yet`, true);
    const { path, query, params, files } = call;
    return await method({ world: this.#world, call, path, query, body: params, files, arrivedAt: at });
  }

  #checkToken({ headers }: DiscordCall): void {
    const { token } = this.#world;
    const isRight = token !== undefined && headers['authorization'] === `Bot ${token}`;
    if (!isRight) throw httpRefusal(401, 'Unauthorized');
  }
}

// Clients write `@original` as `%40original`; what cannot be read matches nothing.
function decode(path: string): string {
  try {
    return path.split('/').map(decodeURIComponent).join('/');
  } catch {
    return path;
  }
}

async function read(request: IncomingMessage): Promise<RawRequest> {
  try {
    return await readRequest(request);
  } catch (error) {
    // a body that breaks off is the end of a connection, not a mistake of the client
    throw httpRefusal(400, `the body cannot be read: ${String(error)}`, request.complete);
  }
}
