import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ArchiveError } from '../../src/services/archive-error.ts';
import { archiveAnswer } from '../../src/services/archive-protocol.ts';
import { createLambdaCall } from '../../src/services/lambda-call.ts';
import { archiveEvent, sha256Of } from '../support/archive-event.ts';
import { type FakeAws, startFakeAws } from '../support/aws/fake-aws.ts';
import { LocalServer } from '../support/local-server/local-server.ts';
import { recordTelemetry } from '../support/record-telemetry.ts';
import { everythingOf, failureOf } from '../support/telegram-connection.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const PLANTED = 'planted-in-the-photo';
const jpeg = (text: string) =>
  Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.from(text), Buffer.of(0xff, 0xd9)]);

let aws: FakeAws;

beforeEach(async () => {
  aws = await startFakeAws();
  for (const [name, value] of Object.entries({ AWS_PROFILE: undefined, ...aws.settings }))
    vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

function open(limitMs = 20_000, name = 'vibe-archive') {
  const { telemetry, counted } = recordTelemetry();
  const lambda = createLambdaCall({ name, answer: archiveAnswer, limitMs, telemetry });
  const photo = jpeg(PLANTED);
  const event = { ...archiveEvent('', 'ann'), image: photo.toString('base64'), sha256: sha256Of(photo) };
  const call = (signal = new AbortController().signal) => lambda.call(event, signal);
  return { call, counted };
}

describe('a function that is called', () => {
  it('answers, and is called by the same connection again', async () => {
    const { call, counted } = open();
    expect(await call()).toMatchObject({ status: 'stored', created: true });
    expect(await call()).toMatchObject({ status: 'stored', created: false });
    expect(counted).toEqual([
      { name: 'outside_calls', service: 'lambda', method: 'invoke', outcome: 'ok' },
      { name: 'outside_calls', service: 'lambda', method: 'invoke', outcome: 'ok' },
    ]);
  });

  const faults: readonly (readonly [
    name: string,
    fault: Parameters<FakeAws['fail']>[0],
    isUnsure: boolean,
    message: RegExp,
  ])[] = [
    ['throws, with status 200', { kind: 'function-error' }, true, /^the function failed$/],
    [
      'is throttled',
      { kind: 'refuse', code: 'TooManyRequestsException', status: 429 },
      false,
      /^TooManyRequests/,
    ],
    [
      'is not there',
      { kind: 'refuse', code: 'ResourceNotFoundException', status: 404 },
      false,
      /^ResourceNotFound/,
    ],
    [
      'may not be called',
      { kind: 'refuse', code: 'AccessDeniedException', status: 403 },
      false,
      /^AccessDenied/,
    ],
    [
      'is out of order',
      { kind: 'refuse', code: 'ServiceException', status: 500 },
      true,
      /^ServiceException$/,
    ],
    [
      'is behind a proxy that is',
      { kind: 'answer', status: 502, body: '<html>Bad Gateway</html>' },
      true,
      /^\w+$/,
    ],
    [
      'answers a page',
      { kind: 'answer', status: 200, body: '<html>Welcome</html>' },
      true,
      /nobody understands/,
    ],
    [
      'answers something else',
      { kind: 'answer', status: 200, body: '{"status":"fine"}' },
      true,
      /nobody understands/,
    ],
    ['answers nothing', { kind: 'answer', status: 200, body: '' }, true, /nobody understands/],
    ['drops the call', { kind: 'drop' }, true, /^\w+$/],
    ['drops its answer', { kind: 'drop-reply' }, true, /^\w+$/],
    ['breaks off its answer', { kind: 'truncate' }, true, /^\w+$/],
  ];

  it.each(faults)('and %s', async (_, fault, isUnsure, message) => {
    const { call, counted } = open();
    const handle = aws.fail({ ...fault, method: 'Invoke:vibe-archive', ...ALWAYS });
    const error = await failureOf(call());
    expect(error).toBeInstanceOf(ArchiveError);
    expect(error).toMatchObject({ isUnsure, message: expect.stringMatching(message) });
    expect(handle.met).toHaveLength(1);
    expect(counted).toMatchObject([{ outcome: (error as Error).message }]);
    const everything = everythingOf(error);
    for (const hidden of [PLANTED, Buffer.from(PLANTED).toString('base64').slice(4, 20), 'arn:', 'planted'])
      expect(everything).not.toContain(hidden);
    handle.release();
    expect(await call()).toMatchObject({ status: 'stored' });
  });

  it.each(['stall', 'stall-body'] as const)('and never answers (%s): the limit ends it', async (kind) => {
    const { call } = open(300);
    await open().call(); // what loads the first time is loaded
    aws.fail({ kind, method: 'Invoke:vibe-archive', ...ALWAYS });
    expect(await failureOf(call())).toMatchObject({ isUnsure: true, message: 'no answer in time' });
  });

  it('is not waited for without end where the search for somebody to call as has none', async () => {
    const metadata = new LocalServer(async () => {});
    await metadata.listen();
    onTestFinished(() => metadata.close());
    await open().call();
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, '');
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', metadata.origin);
    expect(await failureOf(open(300).call())).toMatchObject({ message: 'no answer in time' });
  });

  it('is left when the program stops', async () => {
    const { call } = open();
    const stop = new AbortController();
    aws.fail({ kind: 'stall', method: 'Invoke:vibe-archive', ...ALWAYS });
    const failure = failureOf(call(stop.signal));
    await aws.waitForCall('Invoke:vibe-archive', { unanswered: true });
    stop.abort(new Error('The program stops.'));
    expect(await failure).toMatchObject({ isUnsure: true });
  });

  it('has not begun where nobody may call it, or nobody is there', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    expect(await failureOf(open().call())).toMatchObject({ isUnsure: false });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAFAKEFORTESTS0001');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'planted/aws+secret');
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
    expect(await failureOf(open().call())).toMatchObject({ isUnsure: false, message: 'ECONNREFUSED' });
  });
});
