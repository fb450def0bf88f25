import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAwsSecrets } from '../../src/services/aws-secrets.ts';
import { SecretError } from '../../src/services/secret-source.ts';
import {
  type FakeSecretsManager,
  SECRET_NAME,
  type SecretFault,
  startFakeSecretsManager,
} from '../support/aws/fake-secrets-manager.ts';
import { LocalServer } from '../support/local-server/local-server.ts';
import { everythingOf, failureOf } from '../support/telegram-connection.ts';

const PLANTED = 'planted-value-0123456789';
const ALWAYS = { times: Number.POSITIVE_INFINITY };
const HTML = '<html>Bad Gateway</html>';

let aws: FakeSecretsManager;

beforeEach(async () => {
  aws = await startFakeSecretsManager();
  aws.keep({ TELEGRAM_TOKEN: PLANTED });
  for (const [name, value] of Object.entries({ AWS_PROFILE: undefined, ...aws.settings }))
    vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

const read = (limitMs = 30_000) => createAwsSecrets({ name: SECRET_NAME, limitMs }).read();

async function reasonOf(limitMs?: number): Promise<string> {
  const error = await failureOf(read(limitMs));
  expect(error).toBeInstanceOf(SecretError);
  expect(everythingOf(error)).not.toContain('planted');
  return (error as SecretError).message;
}

it('reads texts, numbers and booleans as texts, and names what is none', async () => {
  aws.secret =
    '{"TELEGRAM_TOKEN":"12:a","PORT":8081,"ON":true,"A":null,"B":["x"],"C":{},"__proto__":"p","E":""}';
  const { values, withoutText } = await read();
  expect([...values]).toEqual([
    ['TELEGRAM_TOKEN', '12:a'],
    ['PORT', '8081'],
    ['ON', 'true'],
    ['__proto__', 'p'],
    ['E', ''],
  ]);
  expect(withoutText).toEqual(['A', 'B', 'C']);
});

it('reads what is there now, each time', async () => {
  const source = createAwsSecrets({ name: SECRET_NAME });
  await source.read();
  aws.keep({ TELEGRAM_TOKEN: 'other' });
  expect((await source.read()).values.get('TELEGRAM_TOKEN')).toBe('other');
  expect(aws.calls).toHaveLength(2);
});

it.each<[SecretFault, RegExp]>([
  [{ kind: 'refuse', code: 'AccessDeniedException' }, /does not allow it.*\(AccessDeniedException\)$/],
  [{ kind: 'refuse', code: 'DecryptionFailure' }, /may not decrypt/],
  [{ kind: 'refuse', code: 'ExpiredTokenException' }, /have expired/],
  [{ kind: 'refuse', code: 'ThrottlingException' }, /too often/],
  [{ kind: 'refuse', code: 'InternalServiceError', status: 500 }, /status 500/],
  [{ kind: 'answer', status: 502, body: HTML }, /status 502/],
  [{ kind: 'answer', status: 200, body: `<p>${PLANTED}</p>` }, /no usable answer|cannot be reached/],
  [
    { kind: 'answer', status: 200, body: `{"SecretString":"${PLANTED}` },
    /no usable answer|cannot be reached/,
  ],
  [{ kind: 'answer', status: 200, body: 'null', contentType: 'application/x-amz-json-1.1' }, /./],
  [{ kind: 'drop' }, /cannot be reached \(ECONNRESET\)/],
])('says what went wrong, and nothing of the secret: %j', async (fault, reason) => {
  aws.fail({ ...fault, ...ALWAYS });
  expect(await reasonOf()).toMatch(reason);
});

it.each(['stall', 'stall-body'] as const)('gives up what never ends: %s', async (kind) => {
  aws.fail({ kind, ...ALWAYS });
  expect(await reasonOf(300)).toBe('no answer from AWS within 300 ms');
  // its connection is given up, too
  await aws.waitForCall(({ status }) => status !== undefined);
});

it('tries again what passes', async () => {
  aws.fail({ kind: 'drop' });
  aws.fail({ kind: 'refuse', code: 'InternalServiceError', status: 500 });
  expect((await read()).values.get('TELEGRAM_TOKEN')).toBe(PLANTED);
});

it('says that there is no such secret', async () => {
  aws.secret = undefined;
  expect(await reasonOf()).toMatch(/no secret of this name/);
});

it.each([
  ['bytes', Buffer.from(PLANTED), /binary/],
  ['no JSON', `${PLANTED}: x`, /not JSON/],
  ['nothing', '', /not JSON/],
  ['a list', `["${PLANTED}"]`, /not a JSON object/],
  ['a text', `"${PLANTED}"`, /not a JSON object/],
  ['null', 'null', /not a JSON object/],
])('says that a secret is no object: %s', async (_name, secret, reason) => {
  aws.secret = secret;
  expect(await reasonOf()).toMatch(reason);
});

it('says that the credentials are not AWS’s', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOTHER0000000planted');
  expect(await reasonOf()).toMatch(/does not know the credentials/);
});

it('says that no region is set', async () => {
  vi.stubEnv('AWS_REGION', undefined);
  expect(await reasonOf()).toBe('AWS_REGION is not set');
});

it('says that nobody is there', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  expect(await reasonOf()).toBe('AWS cannot be reached (ECONNREFUSED)');
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://nowhere.invalid');
  expect(await reasonOf()).toMatch(/cannot be reached|no answer/);
});

it('says that there are no credentials, and waits no longer for who never gives any', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  expect(await reasonOf()).toMatch(/no AWS credentials/);

  const asked: ServerResponse[] = [];
  const metadata = new LocalServer(async (_request, response) => void asked.push(response));
  await metadata.listen();
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', metadata.origin);
  expect(await reasonOf(300)).toBe('no answer from AWS within 300 ms');
  // the SDK itself would go on waiting
  expect(asked.map(({ destroyed }) => destroyed)).toEqual([false]);
  await metadata.close();
});
