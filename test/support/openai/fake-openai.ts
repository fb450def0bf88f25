import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { type Call, CallLog, type CallMatch, type WaitOptions } from '../local-server/call-log.ts';
import { type CallFault, disturbCall } from '../local-server/disturb-call.ts';
import { type Fault, type FaultHandle, type FaultOptions, FaultQueue } from '../local-server/fault-queue.ts';
import { LocalServer } from '../local-server/local-server.ts';
import { type BodyFault, sendJson } from '../local-server/send-json.ts';
import { OpenaiRefusal } from './openai-refusal.ts';
import { type CompletionRequest, readCompletionRequest } from './read-completion-request.ts';

/** In the shape of OpenAI's keys. */
export const OPENAI_KEY = 'sk-proj-FakeKeyForTestsOnly0123456789abcdef';

export interface Answer {
  readonly genre: string;
  readonly photo: string;
  readonly heatmap: string;
  readonly altText: string;
}

/** What can go wrong with a call. */
export type OpenaiFault =
  | { readonly kind: 'refuse'; readonly refusal: OpenaiRefusal }
  /** Fields of the answer that are others than usual. */
  | { readonly kind: 'words'; readonly words: Partial<Answer> }
  /** The choice is another one: a refusal, an end too soon, a text that is no JSON; null: there is none. */
  | { readonly kind: 'choice'; readonly choice: object | null }
  | BodyFault
  | CallFault;

export interface OpenaiCallOwn {
  readonly key: string | null;
  readonly headers: IncomingHttpHeaders;
  request?: CompletionRequest;
}

/** What it says in each language, unless told otherwise. */
const WORDS: Readonly<Record<'en' | 'ar', Omit<Answer, 'genre'>>> = {
  en: {
    photo: 'Warm, low light falls on quiet things, and nothing hurries: a small room late in the evening.',
    heatmap:
      'The warmth gathers on the brightest thing in the middle, which sets the mood of the whole picture.',
    altText: 'A quiet scene in warm light.',
  },
  ar: {
    photo: 'ضوء دافئ خافت يقع على أشياء هادئة، ولا شيء يستعجل: كأنها غرفة صغيرة في آخر المساء.',
    heatmap: 'تجتمع الحرارة على أوضح شيء في الوسط، وهو ما يصنع جوّ الصورة كلها.',
    altText: 'مشهد هادئ في ضوء دافئ.',
  },
};

const USAGE = { prompt_tokens: 900, completion_tokens: 200, total_tokens: 1100 };

export async function startFakeOpenai(key: string = OPENAI_KEY): Promise<FakeOpenai> {
  const fake = new FakeOpenai(key);
  await fake.listen();
  return fake;
}

/** A server that speaks like OpenAI's Chat Completions, on a free port of this machine. Calls are named `words`. */
export class FakeOpenai {
  /** The one key that is taken. */
  key: string;
  /** Models that are no more. */
  readonly gone = new Set<string>();
  readonly #log = new CallLog<OpenaiCallOwn>();
  readonly #faults = new FaultQueue<Call & OpenaiCallOwn, OpenaiFault>();
  readonly #server = new LocalServer((request, response) => this.#serve(request, response));

  constructor(key: string) {
    this.key = key;
  }

  /** For OPENAI_BASE_URL. */
  get url(): string {
    return `${this.#server.origin}/v1`;
  }

  get calls(): readonly (Call & OpenaiCallOwn)[] {
    return this.#log.calls;
  }

  /** What was wrong with calls, beside what was asked for. */
  get violations(): readonly string[] {
    return this.#log.violations.map(({ description }) => description);
  }

  async waitForCall(
    match: CallMatch<Call & OpenaiCallOwn> = 'words',
    options?: WaitOptions,
  ): Promise<Call & OpenaiCallOwn> {
    return await this.#log.waitForCall(match, options);
  }

  /** Lets the next call (or `times` calls) go wrong. */
  fail(fault: OpenaiFault & Partial<FaultOptions<Call & OpenaiCallOwn>>): FaultHandle {
    return this.#faults.add({ method: '*', ...fault });
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
    const key = request.headers.authorization?.replace('Bearer ', '') ?? null;
    const call = this.#log.begin(request.url === '/v1/chat/completions' ? 'words' : `${request.url}`, {
      key,
      headers: request.headers,
    });
    response.once('close', () => this.#log.finish(call, response.writableEnded ? response.statusCode : 0));
    const body: unknown = await json(request).catch(() => null);
    call.read = true;
    await this.#read(call, body);
    const fault = this.#faults.take(call);
    this.#log.changed();
    if (fault && (await disturb(fault, response))) return;
    if (response.destroyed) return;
    await sendJson(response, this.#answer(call, fault), fault);
  }

  async #read(call: Call & OpenaiCallOwn, body: unknown): Promise<void> {
    try {
      call.request = await readCompletionRequest(body);
    } catch (error) {
      this.#log.violations.push({ method: call.method, description: String(error), params: {} });
    }
  }

  #answer(
    { method, key, request }: Call & OpenaiCallOwn,
    fault: Fault<OpenaiFault> | undefined,
  ): { status: number; body: object; headers?: Readonly<Record<string, string>> } {
    try {
      if (key !== this.key) throw OpenaiRefusal.keyInvalid(`${key}`);
      if (fault?.what.kind === 'refuse') throw fault.what.refusal;
      if (method !== 'words' || !request) throw OpenaiRefusal.badRequest('Invalid request.');
      if (this.gone.has(request.model)) throw OpenaiRefusal.modelGone(request.model);
      return { status: 200, body: completionOf(request, fault?.what) };
    } catch (error) {
      if (!(error instanceof OpenaiRefusal)) throw error;
      return error;
    }
  }
}

async function disturb(fault: Fault<OpenaiFault>, response: ServerResponse): Promise<boolean> {
  const { what } = fault;
  const afterDeed = ['refuse', 'words', 'choice', 'stall-body', 'truncate'];
  if (afterDeed.includes(what.kind)) return false;
  return await disturbCall({ what: what as CallFault, pass: fault.pass }, response);
}

function completionOf({ model, facts }: CompletionRequest, what: OpenaiFault | undefined): object {
  const language = facts.language.includes('Arabic') ? 'ar' : 'en';
  const words = { genre: facts.genre, ...WORDS[language], ...(what?.kind === 'words' && what.words) };
  const message = { role: 'assistant', content: JSON.stringify(words), refusal: null, annotations: [] };
  const usual = { index: 0, message, logprobs: null, finish_reason: 'stop' };
  const choice = what?.kind === 'choice' ? what.choice : {};
  return {
    id: 'chatcmpl-Fake',
    object: 'chat.completion',
    created: 1_795_000_000,
    model: `${model}-2024-08-06`,
    choices: choice === null ? [] : [{ ...usual, ...choice }],
    usage: USAGE,
    system_fingerprint: 'fp_fake',
  };
}
