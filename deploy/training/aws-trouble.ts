import { EXIT_CODES } from '../../src/exit-codes.ts';

export interface Trouble {
  readonly line: string;
  readonly code: number;
}

const { wrongUsage, failed } = EXIT_CODES;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html, S3's, and the SDK's own names. */
const OF_SETTINGS: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'there are no AWS credentials',
  TokenProviderError: 'there are no AWS credentials',
  UnrecognizedClientException: 'AWS does not know the credentials',
  InvalidClientTokenId: 'AWS does not know the credentials',
  InvalidAccessKeyId: 'AWS does not know the credentials',
  InvalidSignatureException: 'AWS does not take the credentials',
  SignatureDoesNotMatch: 'AWS does not take the credentials',
  ExpiredTokenException: 'the AWS credentials have expired',
  ExpiredToken: 'the AWS credentials have expired',
  NoSuchBucket: 'there is no bucket of this name',
  PermanentRedirect: 'the bucket is in another region',
};
const OF_AWS: Readonly<Record<string, string>> = {
  AccessDenied: 'AWS does not allow it',
  AccessDeniedException: 'AWS does not allow it',
  ResourceLimitExceeded:
    'the account has no such machine left: ask for more in Service Quotas, under SageMaker',
  ResourceInUse: 'there is a job of this name already',
  NoSuchKey: 'it is not in the bucket',
  ThrottlingException: 'AWS is asked too often',
};

/** Why AWS did not do it, in one line, without the error itself: it holds who asked, and the answer's text. null: it was not AWS. */
export function awsTrouble(error: unknown): Trouble | null {
  const { name, code, path, message, $metadata } = error as Readonly<Record<string, unknown>>;
  if (message === 'Region is missing') return { line: 'AWS_REGION is not set', code: wrongUsage };
  const known = String(name);
  if (Object.hasOwn(OF_SETTINGS, known))
    return { line: `${OF_SETTINGS[known]} (${known})`, code: wrongUsage };
  if (Object.hasOwn(OF_AWS, known)) return { line: `${OF_AWS[known]} (${known})`, code: failed };
  // what is wrong with a job is said nowhere else
  if (name === 'ValidationException') return { line: `AWS refuses it: ${String(message)}`, code: wrongUsage };
  const { httpStatusCode: status } = ($metadata ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof status === 'number')
    return { line: `AWS gives no usable answer (status ${status})`, code: failed };
  if (typeof path === 'string') return { line: `${path}: ${String(code)}`, code: failed };
  if (name === 'TimeoutError') return { line: 'AWS does not answer in time', code: failed };
  return typeof code === 'string' ? { line: `AWS cannot be reached (${code})`, code: failed } : null;
}

/** Whether the same call may well be answered later. */
export function isPassing(error: unknown): boolean {
  const { name, $metadata } = error as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(OF_SETTINGS, String(name)) || name === 'ValidationException') return false;
  const { httpStatusCode: status } = ($metadata ?? {}) as Readonly<Record<string, unknown>>;
  // an answer that was cut off has a good status
  const isRefused = typeof status === 'number' && status >= 400 && status < 500;
  return !isRefused || status === 429 || name === 'ThrottlingException';
}
