import { APIConnectionError } from 'openai';
import { expect, it } from 'vitest';
import { openaiFailure } from '../../src/services/openai-failure.ts';

const failureOf = (code: string) => {
  const cause = Object.assign(new Error('fetch failed'), { cause: Object.assign(new Error('x'), { code }) });
  return openaiFailure(new APIConnectionError({ cause }), () => 0);
};

it.each([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])('costs nothing where no connection was made: %s', (code) => {
  expect(failureOf(code)).toMatchObject({ message: 'not connected', free: true, passing: true });
});

it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'])('may have cost something where one was: %s', (code) => {
  expect(failureOf(code)).toMatchObject({ message: 'not connected', free: false });
});
