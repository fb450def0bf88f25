import type { IncomingHttpHeaders } from 'node:http';

export type AwsService = 'secretsmanager' | 'lambda' | 's3' | 'dynamodb' | 'sagemaker';

export const REGION = 'eu-central-1';
export const CREDENTIALS = {
  accessKeyId: 'AKIAFAKEFORTESTS0001',
  secretAccessKey: 'planted/aws+secret/access+key+0123456789',
};

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/(\w+)\/aws4_request, SignedHeaders=[\w;-]+, Signature=[\da-f]{64}$/;

/** What AWS's SDK needs to come here, and nowhere else. */
export function accountSettings(origin: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: origin,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    // nothing of whoever runs the tests
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** The code of what is wrong with how a call is signed; its hash is not checked. */
export function signatureProblem({ authorization }: IncomingHttpHeaders, service: AwsService): string | null {
  const [, accessKeyId, region, signedFor] = SIGNATURE.exec(authorization ?? '') ?? [];
  if (signedFor !== service) return 'MissingAuthenticationToken';
  const isOurs = accessKeyId === CREDENTIALS.accessKeyId && region === REGION;
  return isOurs ? null : 'UnrecognizedClientException';
}
