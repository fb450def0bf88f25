import type { Call, CallMatch, WaitOptions } from '../local-server/call-log.ts';
import type { CallFault } from '../local-server/disturb-call.ts';
import type { FaultHandle, FaultOptions } from '../local-server/fault-queue.ts';
import type { BodyFault } from '../local-server/send-json.ts';
import type { AwsRefuse } from './aws-faults.ts';
import { FakeAws } from './fake-aws.ts';
import { SECRET_NAME } from './secret-answer.ts';

export { SECRET_NAME };

export type SecretFault = AwsRefuse | BodyFault | CallFault;

/** Starts a Secrets Manager on a free port of this machine. */
export async function startFakeSecretsManager(): Promise<FakeSecretsManager> {
  const fake = new FakeSecretsManager();
  await fake.listen();
  return fake;
}

/** An AWS for who needs nothing of it but its Secrets Manager, with one secret. */
export class FakeSecretsManager {
  readonly #aws = new FakeAws();

  /** The secret's text, or bytes; undefined: there is none of this name. */
  get secret(): string | Uint8Array | undefined {
    return this.#aws.secret;
  }

  set secret(secret: string | Uint8Array | undefined) {
    this.#aws.secret = secret;
  }

  /** What a program needs to read the secret. */
  get settings(): Readonly<Record<string, string>> {
    return { SECRETS_PREFIX: SECRET_NAME, ...this.#aws.accountSettings };
  }

  /** Every call, in order of arrival. */
  get calls(): readonly Call[] {
    return this.#aws.calls;
  }

  keep(settings: Readonly<Record<string, unknown>>): void {
    this.secret = JSON.stringify(settings);
  }

  /** Lets the next call, or `times` calls, go wrong. */
  fail(fault: SecretFault & Pick<FaultOptions<Call>, 'times'>): FaultHandle {
    return this.#aws.fail({ ...fault, method: 'GetSecretValue' });
  }

  async waitForCall(match: CallMatch, options?: WaitOptions): Promise<Call> {
    return await this.#aws.waitForCall(match, options);
  }

  async listen(): Promise<void> {
    await this.#aws.listen();
  }

  async close(): Promise<void> {
    await this.#aws.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
