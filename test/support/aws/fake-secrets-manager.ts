import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, CallLog, type CallMatch, type WaitOptions } from '../local-server/call-log.ts';
import { type CallFault, disturbCall } from '../local-server/disturb-call.ts';
import { type Fault, type FaultHandle, type FaultOptions, FaultQueue } from '../local-server/fault-queue.ts';
import { LocalServer } from '../local-server/local-server.ts';
import { readBody } from '../local-server/read-form.ts';

export const SECRET_NAME = 'vibe/settings';
const ACCESS_KEY_ID = 'AKIAFAKEFORTESTS0001';
const REGION = 'eu-central-1';
const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/secretsmanager\/aws4_request, SignedHeaders=[\w;-]+, Signature=[\da-f]{64}$/;

export type SecretFault =
  /** An exception in AWS's form. */
  | { readonly kind: 'refuse'; readonly code: string; readonly status?: number }
  /** The answer begins, and its end never comes. */
  | { readonly kind: 'stall-body' }
  | CallFault;

/** Starts a Secrets Manager on a free port of this machine. */
export async function startFakeSecretsManager(): Promise<FakeSecretsManager> {
  const fake = new FakeSecretsManager();
  await fake.listen();
  return fake;
}

/** Secrets Manager with one secret, as https://docs.aws.amazon.com/secretsmanager/latest/apireference/ tells it. */
export class FakeSecretsManager {
  /** The secret's text, or bytes; undefined: there is none of this name. */
  secret: string | Uint8Array | undefined;
  readonly #log = new CallLog();
  readonly #faults = new FaultQueue<Call, SecretFault>();
  readonly #server = new LocalServer((request, response) => this.#serve(request, response));

  /** What a program needs to read the secret. */
  get settings(): Readonly<Record<string, string>> {
    return {
      SECRETS_PREFIX: SECRET_NAME,
      AWS_ENDPOINT_URL: this.#server.origin,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: 'planted/aws+secret/access+key+0123456789',
      // nothing of whoever runs the tests
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
  }

  /** Every call, in order of arrival. */
  get calls(): readonly Call[] {
    return this.#log.calls;
  }

  keep(settings: Readonly<Record<string, unknown>>): void {
    this.secret = JSON.stringify(settings);
  }

  /** Lets the next call, or `times` calls, go wrong. */
  fail(fault: SecretFault & Pick<FaultOptions<Call>, 'times'>): FaultHandle {
    return this.#faults.add({ ...fault, method: 'GetSecretValue' });
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
    const target = String(request.headers['x-amz-target'] ?? '');
    const call = this.#log.begin(target.replace(/^secretsmanager\./, ''), {});
    response.once('close', () => this.#log.finish(call, response.headersSent ? response.statusCode : 0));
    const body = await readBody(request).catch(() => null);
    if (!body) return;
    const refused = problemOf(request, target);
    if (refused) {
      refuse(response, refused, 400);
      return;
    }
    call.params = JSON.parse(body.toString());
    call.read = true;
    const fault = this.#faults.take(call);
    this.#log.changed();
    if (fault && (await this.#disturb(fault, response))) return;
    if (!response.destroyed) this.#answer(response, call);
  }

  #answer(response: ServerResponse, { params }: Call): void {
    const { secret } = this;
    if (secret === undefined || params['SecretId'] !== SECRET_NAME) {
      refuse(response, 'ResourceNotFoundException', 400);
      return;
    }
    const isText = typeof secret === 'string';
    const value = isText
      ? { SecretString: secret }
      : { SecretBinary: Buffer.from(secret).toString('base64') };
    answer(response, 200, { Name: SECRET_NAME, VersionId: 'v1', VersionStages: ['AWSCURRENT'], ...value });
  }

  async #disturb({ what, pass }: Fault<SecretFault>, response: ServerResponse): Promise<boolean> {
    switch (what.kind) {
      case 'refuse':
        refuse(response, what.code, what.status ?? 400);
        return true;
      case 'stall-body':
        response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': 1000 });
        response.write('{"SecretString":"');
        await pass();
        return true;
      default:
        return await disturbCall({ what, pass }, response);
    }
  }
}

const JSON_TYPE = 'application/x-amz-json-1.1';

/** What is wrong with a call before anybody looks at what it asks for. */
function problemOf({ method, url, headers }: IncomingMessage, target: string): string | null {
  const [, accessKeyId, region] = SIGNATURE.exec(headers.authorization ?? '') ?? [];
  if (accessKeyId === undefined) return 'MissingAuthenticationToken';
  if (accessKeyId !== ACCESS_KEY_ID || region !== REGION) return 'UnrecognizedClientException';
  const isKnown = method === 'POST' && url === '/' && target === 'secretsmanager.GetSecretValue';
  return isKnown && headers['content-type'] === JSON_TYPE ? null : 'UnknownOperationException';
}

/** The message holds who asks for what, as AWS's own do. */
function refuse(response: ServerResponse, code: string, status: number): void {
  const message = `User: arn:aws:iam::123456789012:user/${ACCESS_KEY_ID}: ${code} on ${SECRET_NAME}`;
  answer(response, status, { __type: code, Message: message });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': JSON_TYPE }).end(JSON.stringify(body));
}
