import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, CallLog, type CallMatch, type WaitOptions } from '../local-server/call-log.ts';
import { type Fault, type FaultHandle, type FaultOptions, FaultQueue } from '../local-server/fault-queue.ts';
import { LocalServer } from '../local-server/local-server.ts';
import { readBody } from '../local-server/read-form.ts';
import { accountSettings, signatureProblem } from './aws-account.ts';
import { type AwsAnswer, AwsRefusal, refusalAnswer, sendAnswer } from './aws-answer.ts';
import { type AwsFault, disturbAws } from './aws-faults.ts';
import { AwsServices } from './aws-services.ts';
import type { StoredObject, StoredVersion } from './bucket.ts';
import { functionError } from './function-answer.ts';
import { type AwsRequest, readAwsRequest } from './read-aws-request.ts';
import { isSecretCall, SECRET_NAME } from './secret-answer.ts';
import type { TrainingJobs } from './training-jobs.ts';

/** Starts it on a free port of this machine. */
export async function startFakeAws(): Promise<FakeAws> {
  const fake = new FakeAws();
  await fake.listen();
  return fake;
}

/**
 * Secrets Manager, Lambda with the functions of deploy/archive, S3 with their bucket, DynamoDB with their table, and SageMaker,
 * all at one origin. Calls are named `GetSecretValue`, `Invoke:vibe-archive`, `PutObject`, `dynamodb:PutItem`.
 */
export class FakeAws {
  readonly #log = new CallLog();
  readonly #faults = new FaultQueue<Call, AwsFault>(['Invoke:vibe-archive', 'Invoke:vibe-erase']);
  readonly #server = new LocalServer((request, response) => this.#track(this.#serve(request, response)));
  #origin = '';
  /** What a service still does for who may not wait any more. */
  readonly #serving = new Set<Promise<void>>();
  readonly #services = new AwsServices(() => this.functionSettings);

  /** What the SDK needs to come here. */
  get accountSettings(): Readonly<Record<string, string>> {
    return accountSettings(this.#origin);
  }

  /** What a program needs to use the functions. */
  get settings(): Readonly<Record<string, string>> {
    return { ...this.accountSettings, ARCHIVE_FUNCTION: 'vibe-archive', ERASE_FUNCTION: 'vibe-erase' };
  }

  /** What the functions themselves have in their environment. */
  get functionSettings(): Readonly<Record<string, string>> {
    return { ...this.accountSettings, ARCHIVE_BUCKET: 'vibe-archive', ARCHIVE_TABLE: 'vibe-archive' };
  }

  /** Every call, those of the functions among them, in order of arrival. */
  get calls(): readonly Call[] {
    return this.#log.calls;
  }

  /** The secret's text, or bytes; undefined: there is none of this name. */
  get secret(): string | Uint8Array | undefined {
    return this.#services.secret;
  }

  set secret(secret: string | Uint8Array | undefined) {
    this.#services.secret = secret;
  }

  /** What is in the bucket, by its key. */
  get objects(): ReadonlyMap<string, StoredObject> {
    return this.#services.bucket.objects();
  }

  /** SageMaker's; the data for them is in the bucket. */
  get trainingJobs(): TrainingJobs {
    return this.#services.trainingJobs;
  }

  /** All lines that the functions have logged. */
  get printed(): readonly string[] {
    return this.#services.printed;
  }

  /** The newest first; those without an object are marks of a deletion. */
  versions(key: string): readonly StoredVersion[] {
    return this.#services.bucket.versions(key);
  }

  /** Puts something into the bucket, past all calls. */
  put(key: string, bytes: Buffer): void {
    this.#services.bucket.put(key, { bytes, contentType: 'text/plain', serverSideEncryption: null });
  }

  /** As when somebody deletes it without naming a version. */
  markDeleted(key: string): void {
    this.#services.bucket.delete(key, null);
  }

  /** How the bucket is; as it starts it keeps versions, and lists 1,000 at once. */
  setBucket({ isVersioned = true, pageSize = 1000 }: { isVersioned?: boolean; pageSize?: number }): void {
    Object.assign(this.#services.bucket, { isVersioned, pageSize });
  }

  /** The rows of a table, as `pk / sk`, in order; of the functions' own unless told. */
  async rows(table = 'vibe-archive'): Promise<readonly string[]> {
    return await (await this.#services.dynamodb()).rows(table);
  }

  /** One more, with the keys `pk` and `sk`, both texts. */
  async createTable(name: string): Promise<void> {
    await (await this.#services.dynamodb()).createTable(name);
  }

  /** Lets the functions' clock go on by so much. */
  advance(ms: number): void {
    this.#services.aheadMs += ms;
  }

  /** Lets the next call, or `times` calls, go wrong: of `method`, or of any but those of functions. */
  fail(fault: AwsFault & Partial<FaultOptions<Call>>): FaultHandle {
    return this.#faults.add({ method: '*', ...fault });
  }

  async waitForCall(match: CallMatch, options?: WaitOptions): Promise<Call> {
    return await this.#log.waitForCall(match, options);
  }

  async listen(): Promise<void> {
    await this.#server.listen();
    this.#origin = this.#server.origin; // the server knows it only while it listens
  }

  async close(): Promise<void> {
    await this.#server.close(); // first: what is held then has nobody who waits for it
    this.#faults.close();
    await Promise.all(this.#serving);
    await this.#services.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #track(serving: Promise<void>): Promise<void> {
    this.#serving.add(serving);
    return serving.finally(() => this.#serving.delete(serving));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = readAwsRequest(request);
    const call = this.#log.begin(asked.method, {});
    response.once('close', () => this.#log.finish(call, response.headersSent ? response.statusCode : 0));
    const body = await readBody(request).catch(() => null);
    if (!body) return;
    let fault: Fault<AwsFault> | undefined;
    const answer = await orRefusal(asked, async () => {
      const problem = problemOf(request, asked);
      if (problem) throw new AwsRefusal(problem, asked.service === 's3' ? 403 : 400);
      call.params = this.#services.read(asked, body);
      call.read = true;
      fault = this.#faults.take(call);
      this.#log.changed();
      if (fault && (await disturbAws(fault, response))) return null;
      return response.destroyed ? null : await this.#answer(asked, body, fault?.what);
    });
    if (answer && !response.destroyed) await sendAnswer(response, answer, fault);
  }

  async #answer(asked: AwsRequest, body: Buffer, what: AwsFault | undefined): Promise<AwsAnswer> {
    if (what?.kind === 'refuse') throw new AwsRefusal(what.code, what.status);
    if (what?.kind === 'function-error') return functionError(new Error('It has thrown.'));
    const refuseOne = what?.kind === 'refuse-object' ? what.code : null;
    return await this.#services.answer({ request: asked, body, refuseOne });
  }
}

function problemOf(request: IncomingMessage, { service, method }: AwsRequest): string | null {
  const problem = signatureProblem(request.headers, service);
  if (problem) return problem;
  return service !== 'secretsmanager' || isSecretCall(request, method) ? null : 'UnknownOperationException';
}

async function orRefusal(
  { service, what }: AwsRequest,
  answer: () => Promise<AwsAnswer | null>,
): Promise<AwsAnswer | null> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error;
    return refusalAnswer(service, what || SECRET_NAME, error);
  }
}
