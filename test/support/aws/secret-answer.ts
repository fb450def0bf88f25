import type { IncomingMessage } from 'node:http';
import { type AwsAnswer, AwsRefusal, JSON_1_1, jsonAnswer } from './aws-answer.ts';

export const SECRET_NAME = 'vibe/settings';

/** Whether it is a call that Secrets Manager knows; the name of what it asks for is `method`. */
export function isSecretCall({ method: http, url, headers }: IncomingMessage, method: string): boolean {
  const isKnown = http === 'POST' && url === '/' && method === 'GetSecretValue';
  return isKnown && headers['content-type'] === JSON_1_1;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html. Throws AwsRefusal. */
export function secretAnswer(secret: string | Uint8Array | undefined, secretId: unknown): AwsAnswer {
  if (secret === undefined || secretId !== SECRET_NAME) throw new AwsRefusal('ResourceNotFoundException');
  const value =
    typeof secret === 'string'
      ? { SecretString: secret }
      : { SecretBinary: Buffer.from(secret).toString('base64') };
  const common = { Name: SECRET_NAME, VersionId: 'v1', VersionStages: ['AWSCURRENT'] };
  return jsonAnswer({ ...common, ...value }, JSON_1_1);
}
