import { awsFailure } from './aws-failure.ts';
import { parseSecret } from './parse-secret.ts';
import { type SecretContent, SecretError, type SecretSource } from './secret-source.ts';

export interface AwsSecretsOptions {
  /** The secret's name, or its ARN. */
  readonly name: string;
  /** For all attempts together, credentials and the whole answer included; 2,500 unless told. */
  readonly limitMs?: number;
}

const LIMIT_MS = 2500;

/**
 * One secret of AWS Secrets Manager, a JSON object. Region, credentials and address are the SDK's own settings, read from
 * the process environment. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function createAwsSecrets({ name, limitMs = LIMIT_MS }: AwsSecretsOptions): SecretSource {
  return {
    async read() {
      const began = performance.now();
      const sdk = await loadSdk(); // that takes its time on a busy machine
      const limit = new AbortController();
      // counts also while nothing else keeps the process going, which AbortSignal.timeout does not
      const left = Math.max(0, limitMs - (performance.now() - began));
      const timer = setTimeout(() => limit.abort(), left);
      try {
        return await readOnce(sdk, name, limit.signal);
      } catch (error) {
        if (error instanceof SecretError) throw error;
        if (limit.signal.aborted) throw new SecretError(`no answer from AWS within ${limitMs} ms`);
        throw awsFailure(error);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

type Sdk = Awaited<ReturnType<typeof loadSdk>>;

/** Only when there is a secret to read: most programs never need it. */
async function loadSdk() {
  try {
    return await import('@aws-sdk/client-secrets-manager');
  } catch {
    throw new SecretError('the AWS SDK is not installed');
  }
}

async function readOnce(
  { SecretsManagerClient, GetSecretValueCommand }: Sdk,
  name: string,
  signal: AbortSignal,
): Promise<SecretContent> {
  // a new one each time: credentials that have changed are found, and no connection is kept for an hour
  const client = new SecretsManagerClient({});
  try {
    const sending = client.send(new GetSecretValueCommand({ SecretId: name }), { abortSignal: signal });
    // the SDK does not end its search for credentials with the signal, nor a body that has stalled
    const { SecretString: text } = await Promise.race([sending, rejection(signal)]);
    if (text === undefined) throw new SecretError('it is binary, and not a text');
    return parseSecret(text);
  } finally {
    client.destroy();
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason));
  if (signal.aborted) reject(signal.reason);
  return promise;
}
