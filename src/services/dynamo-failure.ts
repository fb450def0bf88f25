/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html, and the SDK's own names. */
const REASONS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AWS does not allow it: the role needs more rights on this table',
  ResourceNotFoundException: 'there is no table of this name in this region',
  ValidationException:
    'DynamoDB does not take it: it is too large, or the table has other keys than pk and sk',
  ProvisionedThroughputExceededException: 'DynamoDB is asked too often',
  RequestLimitExceeded: 'DynamoDB is asked too often',
  ThrottlingException: 'DynamoDB is asked too often',
  UnrecognizedClientException: 'AWS does not know the credentials',
  InvalidSignatureException: 'AWS does not take the credentials',
  IncompleteSignature: 'AWS does not take the credentials',
  ExpiredTokenException: 'the AWS credentials have expired',
  CredentialsProviderError: 'there are no AWS credentials',
  TokenProviderError: 'there are no AWS credentials',
};

/** Why it failed, without the error itself: it can hold what was sent, and whose account it is. */
export function dynamoFailure(error: unknown): Error {
  const { name, code, message, $metadata } = error as Readonly<Record<string, unknown>>;
  const reason = typeof name === 'string' && Object.hasOwn(REASONS, name) ? REASONS[name] : undefined;
  if (reason) return new Error(`${reason} (${name})`);
  if (message === 'Region is missing') return new Error('AWS_REGION is not set');
  const { httpStatusCode: status } = ($metadata ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof status === 'number') return new Error(`DynamoDB gives no usable answer (status ${status})`);
  return new Error(`DynamoDB cannot be reached (${[code, name].find(isWord) ?? 'unknown error'})`);
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && /^\w{1,50}$/.test(value);
}
