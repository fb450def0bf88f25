import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from '../local-server/call-log.ts';
import type { Fault } from '../local-server/fault-queue.ts';
import { serveFile } from '../local-server/serve-file.ts';
import { answerMethods } from './answer-methods.ts';
import { checkParams } from './check-params.ts';
import { editMethods } from './edit-methods.ts';
import type { Method } from './method.ts';
import { type RawCall, readCall } from './read-call.ts';
import { Refusal } from './refusal.ts';
import { sendMethods } from './send-methods.ts';
import { setupMethods } from './setup-methods.ts';
import { type FileFaultKind, meetFault, TelegramFaults } from './telegram-faults.ts';
import type { World } from './world.ts';

type Methods = Readonly<Record<string, Method>>;

const PATH = /^\/(file\/)?bot([^/]+)\/(.+)$/;
const NOT_FOUND = { ok: false, error_code: 404, description: 'Not Found' };
const UNAUTHORIZED = { ok: false, error_code: 401, description: 'Unauthorized' };

/** Takes the calls: checks them, meets them with faults, does what they ask. */
export class CallServer {
  readonly faults = new TelegramFaults();
  /** The only one that is known. */
  token: string;
  readonly #world: World;
  readonly #methods: Methods;

  /** `methods` are those that need to know how updates go out. */
  constructor(world: World, token: string, methods: Methods) {
    this.#world = world;
    this.token = token;
    this.#methods = { ...sendMethods, ...editMethods, ...answerMethods, ...setupMethods, ...methods };
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, file, token, rest = ''] = PATH.exec(pathname) ?? [];
    const call = this.#world.log.begin(file ? 'file' : rest, {});
    response.once('close', () => this.#world.log.finish(call, 0));
    if (token !== this.token) this.#answer(response, call, UNAUTHORIZED);
    else if (file) await this.#serveFile(response, call, decodeURIComponent(rest));
    else await this.#serveCall(request, response, call);
  }

  /** Runs a call that came as the answer to a webhook: nobody learns what became of it. */
  async runReply(method: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const call = this.#world.log.begin(method, {});
    const body = await this.#attempt(call, async () => {
      this.#accept(call, { values, textual: new Set(), files: [] });
      return await this.#act(call, new AbortController().signal);
    });
    if (body.ok) call.result = body.result;
    this.#world.log.finish(call, body.ok ? 200 : body.error_code);
  }

  async #serveCall(request: IncomingMessage, response: ServerResponse, call: Call): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    let fault: Fault<FileFaultKind> | undefined;
    let isMet = false;
    const body = await this.#attempt(call, async () => {
      this.#accept(call, await read(request));
      fault = this.faults.take(call);
      this.#world.log.changed();
      isMet = fault !== undefined && (await meetFault(fault, response));
      return isMet || gone.signal.aborted ? undefined : await this.#act(call, gone.signal);
    });
    if (isMet) this.#world.log.finish(call, response.headersSent ? response.statusCode : 0);
    else if (gone.signal.aborted) return;
    else if (fault?.what.kind === 'drop-reply') response.socket?.destroy();
    else this.#answer(response, call, body);
  }

  #accept(call: Call, raw: RawCall): void {
    call.params = raw.values;
    call.files = raw.files;
    call.params = checkParams(call.method, raw);
    call.read = true;
  }

  async #act(call: Call, gone: AbortSignal): Promise<unknown> {
    const method = this.#methods[call.method];
    if (!method) return true;
    return await method({ params: call.params, files: call.files, world: this.#world, gone });
  }

  async #attempt(call: Call, act: () => Promise<unknown>): Promise<Body> {
    try {
      return { ok: true, result: await act() };
    } catch (error) {
      const refusal = error instanceof Refusal ? error : internalError(error);
      const { code, message, parameters } = refusal;
      call.description = message;
      if (refusal.violation) {
        this.#world.log.violations.push({ method: call.method, description: message, params: call.params });
      }
      return { ok: false, error_code: code, description: message, ...(parameters && { parameters }) };
    }
  }

  async #serveFile(response: ServerResponse, call: Call, path: string): Promise<void> {
    const file = this.#world.files.atPath(path);
    call.params = { file_path: path, file_id: file?.id };
    call.read = true;
    const fault = this.faults.take(call);
    this.#world.log.changed();
    let isMet = false;
    const body = await this.#attempt(call, async () => {
      isMet = fault !== undefined && (await meetFault(fault, response));
    });
    if (isMet) this.#world.log.finish(call, response.headersSent ? response.statusCode : 0);
    else if (response.destroyed) return;
    else if (!body.ok) this.#answer(response, call, body);
    else if (!file || fault?.what.kind === 'not-found') this.#answer(response, call, NOT_FOUND);
    else {
      await serveFile(response, file.bytes, fault);
      this.#world.log.finish(call, 200);
    }
  }

  #answer(response: ServerResponse, call: Call, body: Body | typeof NOT_FOUND): void {
    if (body.ok && 'result' in body) call.result = body.result;
    const status = 'error_code' in body ? body.error_code : 200;
    if ('description' in body) call.description = body.description;
    this.#world.log.finish(call, status);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

type Body =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: object;
    };

// A mistake of this server: among the violations, so that no test overlooks it.
function internalError(error: unknown): Refusal {
  const told = error instanceof Error ? error.stack : String(error);
  return new Refusal(`Internal Server Error: ${told}`, { code: 500, violation: true });
}

async function read(request: IncomingMessage): Promise<RawCall> {
  try {
    return await readCall(request);
  } catch (error) {
    // a body that breaks off is the end of a connection, not a mistake of the client
    throw new Refusal(`Bad Request: can't read the parameters: ${String(error)}`, {
      violation: request.complete,
    });
  }
}
