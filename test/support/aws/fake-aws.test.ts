import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it, onTestFinished } from 'vitest';
import { jpegEvent, openArchiveScene } from './archive-scene.ts';
import { CREDENTIALS, REGION } from './aws-account.ts';
import { type FakeAws, startFakeAws } from './fake-aws.ts';
import { SECRET_NAME } from './secret-answer.ts';

async function open() {
  const aws = await startFakeAws();
  onTestFinished(() => aws.close());
  return { aws, config: configOf(aws) };
}

function configOf({ settings }: FakeAws) {
  const endpoint = settings['AWS_ENDPOINT_URL'] ?? '';
  return { endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 };
}

it('names its functions in its settings, and answers for Secrets Manager at the same origin', async () => {
  const { aws, config } = await open();
  expect(aws.settings).toMatchObject({ ARCHIVE_FUNCTION: 'vibe-archive', ERASE_FUNCTION: 'vibe-erase' });
  aws.secret = '{"A":"b"}';
  const read = new SecretsManagerClient(config).send(new GetSecretValueCommand({ SecretId: SECRET_NAME }));
  expect(await read).toMatchObject({ SecretString: '{"A":"b"}' });
});

it('makes tables', async () => {
  const { aws, config } = await open();
  await aws.createTable('store');
  const Item = { pk: { S: 'a' }, sk: { S: 'b' } };
  await new DynamoDBClient(config).send(new PutItemCommand({ TableName: 'store', Item }));
  expect([await aws.rows('store'), await aws.rows()]).toEqual([['a / b'], []]);
  await expect(
    new DynamoDBClient(config).send(new PutItemCommand({ TableName: 'none', Item })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('refuses who signs for another account, another region, or another service', async () => {
  const { aws, config } = await open();
  const invoke = new InvokeCommand({ FunctionName: 'vibe-erase', Payload: '{}' });
  const strangers = { ...CREDENTIALS, accessKeyId: 'AKIASOMEBODYELSE0001' };
  for (const change of [{ credentials: strangers }, { region: 'us-east-1' }]) {
    await expect(new LambdaClient({ ...config, ...change }).send(invoke)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  }
  const unsigned = await fetch(`${aws.settings['AWS_ENDPOINT_URL']}/vibe-archive/images/a.jpg`);
  expect([unsigned.status, await unsigned.text()]).toEqual([403, expect.stringContaining('<Error>')]);
});

it('calls functions as Lambda does', async () => {
  const { config } = await open();
  const lambda = new LambdaClient(config);
  const send = (FunctionName: string, Payload: string) =>
    lambda.send(new InvokeCommand({ FunctionName, Payload }));
  const answered = await send('vibe-erase', '{}');
  expect(answered).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(answered).not.toHaveProperty('FunctionError');
  expect(JSON.parse(answered.Payload?.transformToString() ?? '')).toMatchObject({ status: 'refused' });
  await expect(send('none', '{}')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(send('vibe-archive', '{')).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  const tooMuch = JSON.stringify('x'.repeat(6 * 1024 * 1024));
  await expect(send('vibe-archive', tooMuch)).rejects.toMatchObject({
    name: 'RequestTooLargeException',
    $metadata: { httpStatusCode: 413 },
  });
});

it('tells of a function that has thrown', async () => {
  const { aws, config } = await open();
  aws.fail({ method: 'Invoke:vibe-archive', kind: 'function-error' });
  const invoke = new InvokeCommand({ FunctionName: 'vibe-archive', Payload: '{}' });
  const { FunctionError, Payload } = await new LambdaClient(config).send(invoke);
  expect(FunctionError).toBe('Unhandled');
  expect(JSON.parse(Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'Error' });
});

it('lets calls of each kind go wrong, and those of functions only by their name', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  const CAT = jpegEvent('cat', 'ann');
  const any = aws.fail({ kind: 'refuse', code: 'AccessDenied', status: 403 });
  expect(await archive(CAT)).toMatchObject({ status: 'retry' });
  expect(any.met.map(({ method }) => method)).toEqual(['dynamodb:UpdateItem']);

  aws.fail({ method: 'PutObject', kind: 'drop-reply' });
  // done at the first attempt, found at the second
  expect(await archive(CAT)).toMatchObject({ status: 'stored', created: false });
  aws.fail({ method: 'dynamodb:PutItem', kind: 'drop' });
  expect(await archive(CAT)).toMatchObject({ status: 'stored' });

  aws.fail({ method: 'Invoke:vibe-erase', kind: 'drop' });
  await expect(erase('ann')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(aws.objects.size).toBe(2);
  aws.fail({ method: 'Invoke:vibe-erase', kind: 'drop-reply' });
  await expect(erase('ann')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(aws.objects.size).toBe(0);
});

it('logs what was asked for, but no image', async () => {
  const { aws, archive } = await openArchiveScene();
  const CAT = jpegEvent('cat', 'ann');
  await archive(CAT);
  expect(aws.calls[0]).toMatchObject({ method: 'Invoke:vibe-archive', status: 200 });
  expect(aws.calls[0]?.params).toEqual({ ...CAT, image: CAT.image.length });
  const put = aws.calls.find(({ method }) => method === 'PutObject');
  expect(put?.params).toMatchObject({ bytes: 9, 'content-type': 'image/jpeg' });
});
