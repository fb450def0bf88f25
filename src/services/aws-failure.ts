import { SecretError } from './secret-source.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html, and the SDK's own names. */
const REASONS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AWS does not allow it: GetSecretValue is needed for this secret',
  DecryptionFailure: 'AWS may not decrypt it: kms:Decrypt is needed for its key',
  ResourceNotFoundException: 'there is no secret of this name in this region',
  ThrottlingException: 'AWS is asked too often',
  UnrecognizedClientException: 'AWS does not know the credentials',
  InvalidSignatureException: 'AWS does not take the credentials',
  IncompleteSignature: 'AWS does not take the credentials',
  ExpiredTokenException: 'the AWS credentials have expired',
  CredentialsProviderError: 'there are no AWS credentials',
  TokenProviderError: 'there are no AWS credentials',
};

/** Why it failed, without the error itself: it can hold the answer's text. */
export function awsFailure(error: unknown): SecretError {
  const { name, code, message, $metadata } = error as Readonly<Record<string, unknown>>;
  const reason = typeof name === 'string' && Object.hasOwn(REASONS, name) ? REASONS[name] : undefined;
  if (reason) return new SecretError(`${reason} (${name})`);
  if (message === 'Region is missing') return new SecretError('AWS_REGION is not set');
  const { httpStatusCode: status } = ($metadata ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof status === 'number') return new SecretError(`AWS gives no usable answer (status ${status})`);
  return new SecretError(`AWS cannot be reached (${[code, name].find(isWord) ?? 'unknown error'})`);
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && /^\w{1,50}$/.test(value);
}
