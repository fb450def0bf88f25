import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, CallLog, type CallMatch, type WaitOptions } from '../local-server/call-log.ts';
import { type CallFault, disturbCall } from '../local-server/disturb-call.ts';
import { type Fault, type FaultHandle, type FaultOptions, FaultQueue } from '../local-server/fault-queue.ts';
import { LocalServer } from '../local-server/local-server.ts';
import { type BodyFault, sendJson } from '../local-server/send-json.ts';
import { defaultLists } from './default-lists.ts';
import { answerPlaylistItems, answerVideos } from './youtube-answers.ts';
import { YoutubeRefusal } from './youtube-refusal.ts';
import type { FakeList } from './youtube-types.ts';

/** In the shape of Google's keys. */
const YOUTUBE_KEY = `AIza${'SyFakeKeyForTestsOnly'.padEnd(35, '0')}`;
const DAILY_UNITS = 10_000;

/** What can go wrong with a call. */
export type YoutubeFault =
  /** As Google says it. */
  { readonly kind: 'refuse'; readonly refusal: YoutubeRefusal } | BodyFault | CallFault;

/** Starts a server that speaks like YouTube's Data API, on a free port of this machine. */
export async function startFakeYoutube(key: string = YOUTUBE_KEY): Promise<FakeYoutube> {
  const fake = new FakeYoutube(key);
  await fake.listen();
  return fake;
}

/** Calls are named after their resource: `playlistItems`, `videos`. */
export class FakeYoutube {
  /** The one key that is taken. */
  key: string;
  /** What calls have cost, those that were refused for another reason than their key among them. */
  spentUnits = 0;
  readonly lists: Map<string, FakeList>;
  readonly #log = new CallLog();
  readonly #faults = new FaultQueue<Call, YoutubeFault>();
  readonly #server = new LocalServer((request, response) => this.#serve(request, response));

  constructor(key: string) {
    this.key = key;
    this.lists = new Map(defaultLists().map((list) => [list.id, list]));
  }

  /** For googleapis' `rootUrl`. */
  get url(): string {
    return `${this.#server.origin}/`;
  }

  get calls(): readonly Call[] {
    return this.#log.calls;
  }

  /** Throws where there is none. */
  list(id: string): FakeList {
    const list = this.lists.get(id);
    if (!list) throw new Error(`there is no list ${id}`);
    return list;
  }

  callsOf(method: string, list?: string): readonly Call[] {
    return this.calls.filter(
      (call) => call.method === method && (list === undefined || call.params['playlistId'] === list),
    );
  }

  async waitForCall(match: CallMatch, options?: WaitOptions): Promise<Call> {
    return await this.#log.waitForCall(match, options);
  }

  /** Lets the next call (or `times` calls) of a method, or of any (`*`), go wrong. */
  fail(request: FaultOptions<Call> & YoutubeFault): FaultHandle {
    return this.#faults.add(request);
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
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const call = this.#log.begin(pathname.replace('/youtube/v3/', ''), {});
    call.params = Object.fromEntries(searchParams);
    call.read = true;
    response.once('close', () => this.#log.finish(call, response.writableEnded ? response.statusCode : 0));
    const fault = this.#faults.take(call);
    this.#log.changed();
    if (fault && (await this.#disturb(fault, response))) return;
    if (response.destroyed) return;
    await sendJson(response, this.#answer(call, searchParams, fault), fault);
  }

  /** Whether it has taken care of the answer. */
  async #disturb(fault: Fault<YoutubeFault>, response: ServerResponse): Promise<boolean> {
    const { what } = fault;
    if (what.kind === 'refuse' || what.kind === 'stall-body' || what.kind === 'truncate') return false;
    return await disturbCall({ what, pass: fault.pass }, response);
  }

  #answer(
    { method }: Call,
    query: URLSearchParams,
    fault: Fault<YoutubeFault> | undefined,
  ): { readonly status: number; readonly body: object } {
    try {
      this.#checkKey(query.get('key'));
      this.spentUnits += method === 'search' ? 100 : 1;
      if (this.spentUnits > DAILY_UNITS) throw YoutubeRefusal.quotaExceeded();
      if (fault?.what.kind === 'refuse') throw fault.what.refusal;
      if (method === 'playlistItems') return { status: 200, body: answerPlaylistItems(this.lists, query) };
      if (method === 'videos') return { status: 200, body: answerVideos(this.lists, query) };
      throw new YoutubeRefusal(404, 'Not Found', 'notFound', 'global');
    } catch (error) {
      if (!(error instanceof YoutubeRefusal)) throw error;
      return { status: error.code, body: error.body };
    }
  }

  #checkKey(key: string | null): void {
    if (key === null) throw YoutubeRefusal.noKey();
    if (key !== this.key) throw YoutubeRefusal.keyInvalid();
  }
}
