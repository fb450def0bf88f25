import type { ServerResponse } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keyOf } from '../../src/core/person.ts';
import { StorageError } from '../../src/core/storage-error.ts';
import type { Store } from '../../src/core/store.ts';
import { type OpenDynamoStore, openDynamoStore } from '../support/dynamo-open-store.ts';
import { ACCESS_KEY_ID, type DynamoFault } from '../support/dynamo-server.ts';
import type { Call } from '../support/local-server/call-log.ts';
import { LocalServer } from '../support/local-server/local-server.ts';
import { ANN, POSTED, prediction, VOTE } from '../support/store-contract-given.ts';
import { NOW, storedResult } from '../support/stored-result.ts';
import { everythingOf, failureOf } from '../support/telegram-connection.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const HTML = '<html>planted</html>';

const write = (store: Store) => store.putResult(storedResult('planted', { owner: 'planted' }));

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await failureOf(work);
  expect(error).toBeInstanceOf(StorageError);
  for (const secret of ['planted', ACCESS_KEY_ID, 'vibe-store', '123456789012']) {
    expect(everythingOf(error)).not.toContain(secret);
  }
  return (error as StorageError).message;
}

it.each<[DynamoFault, RegExp]>([
  [
    { kind: 'refuse', code: 'AccessDeniedException' },
    /^putResult: AWS does not allow it.*\(AccessDeniedException\)$/,
  ],
  [{ kind: 'refuse', code: 'UnrecognizedClientException' }, /does not know the credentials/],
  [{ kind: 'refuse', code: 'ExpiredTokenException' }, /have expired/],
  [{ kind: 'refuse', code: 'ResourceNotFoundException' }, /no table of this name/],
  [{ kind: 'refuse', code: 'ValidationException' }, /too large, or the table has other keys/],
  [{ kind: 'refuse', code: 'ThrottlingException' }, /asked too often \(ThrottlingException\)/],
  [{ kind: 'refuse', code: 'ProvisionedThroughputExceededException' }, /asked too often/],
  [{ kind: 'refuse', code: 'PlantedException' }, /status 400/],
  [{ kind: 'refuse', code: 'InternalServerError', status: 500 }, /status 500/],
  [{ kind: 'answer', status: 503, body: HTML }, /status 503/],
  [{ kind: 'answer', status: 200, body: HTML }, /no usable answer|cannot be reached/],
  [{ kind: 'drop' }, /cannot be reached \(ECONNRESET\)/],
  [{ kind: 'drop-reply' }, /cannot be reached \(ECONNRESET\)/],
])('says what went wrong, and nothing of what was sent: %j', async (fault, reason) => {
  const { store, server } = await openDynamoStore();
  server.fail({ ...fault, ...ALWAYS });
  expect(await reasonOf(write(store))).toMatch(reason);
});

const OPERATIONS: readonly (readonly [string, (store: Store) => Promise<unknown>])[] = [
  ['language', (store) => store.language('telegram:user:1')],
  ['latestResults', (store) => store.latestResults('telegram', '1001', 5)],
  ['setPosted', (store) => store.setPosted('a', POSTED)],
  ['putVote', (store) => store.putVote(VOTE)],
  ['putPrediction', (store) => store.putPrediction(prediction('a'))],
  ['tally', (store) => store.tally({ since: null })],
  ['about', (store) => store.about(ANN)],
  ['forget', (store) => store.forget(ANN)],
  ['purge', (store) => store.purge()],
];
const STALLS = ['stall', 'stall-body'] as const;

it.each(OPERATIONS.flatMap(([name, work]) => STALLS.map((kind) => [name, kind, work] as const)))(
  'gives up what never ends: %s, %s',
  async (name, kind, work) => {
    const { limited, server } = await openDynamoStore();
    server.fail({ kind, ...ALWAYS });
    const limitMs = ['tally', 'purge'].includes(name) ? 350 : 300; // they read a lot
    const expected = `${name}: no answer from DynamoDB within ${limitMs} ms`;
    expect(await reasonOf(work(limited(300, 350)))).toBe(expected);
    // its connection is given up, too
    await server.waitForCall(({ status }) => status !== undefined);
  },
);

it('makes no further calls for an operation that it has given up', async () => {
  const { store, limited, server, items } = await openDynamoStore();
  const fault = server.fail({ kind: 'stall', method: 'PutItem', ...ALWAYS });
  await reasonOf(write(limited(300)));
  for (const { index } of fault.met) await server.waitForCall((call) => call.index === index);
  fault.release();
  const { length } = server.calls;
  expect(await store.language('telegram:user:1')).toBeNull();
  expect(server.calls.slice(length).map(({ method }) => method)).toEqual(['GetItem']);
  expect(await items()).toEqual([]);
});

it('ends the other calls of an operation when one has failed', async () => {
  const { store, server } = await openDynamoStore();
  await store.putResult(storedResult('a'));
  await store.putPrediction(prediction('a'));
  const updateOf = (partition: string) => ({
    method: 'UpdateItem',
    where: ({ params }: Call) => JSON.stringify(params['Key']).includes(partition),
  });
  const held = server.fail({ kind: 'stall', ...updateOf('person#') });
  server.fail({ kind: 'drop', ...ALWAYS, ...updateOf('"predictions"') });
  await reasonOf(store.putVote(VOTE));
  for (const { index } of held.met) await server.waitForCall((call) => call.index === index);
});

it.each<DynamoFault>([
  { kind: 'drop' },
  { kind: 'drop-reply' },
  { kind: 'refuse', code: 'InternalServerError', status: 500 },
  { kind: 'refuse', code: 'ThrottlingException' },
  { kind: 'answer', status: 503, body: HTML },
  { kind: 'stall' },
])('tries again what passes: %j', async (fault) => {
  const { store, limited, server } = await openDynamoStore();
  const met = server.fail(fault);
  await write(limited(6000));
  expect(met.left).toBe(0);
  expect(await store.result('planted')).toEqual(storedResult('planted', { owner: 'planted' }));
});

/** Of more than one batch of writes, and voted on. */
async function fill({ store }: OpenDynamoStore, photos: number): Promise<void> {
  const put = async (id: string, at: number) => {
    await store.putResult(storedResult(id, { posted: POSTED, createdAt: at }));
    await store.putPrediction(prediction(id, { at }));
    await store.putVote({ ...VOTE, resultId: id, voter: keyOf(ANN), at });
  };
  await Promise.all(Array.from({ length: photos }, (_, index) => put(`${index}`, NOW + index)));
}

it('sends again what DynamoDB has left out of a batch, and asks again for it', async () => {
  const opened = await openDynamoStore();
  const { store, server, items } = opened;
  await fill(opened, 6);
  const before = await store.about(ANN);
  const reads = server.fail({ kind: 'leave-out', method: 'BatchGetItem', times: 5 });
  expect(await store.about(ANN)).toEqual(before);
  const writes = server.fail({ kind: 'leave-out', method: 'BatchWriteItem', times: 20 });
  await store.forget(ANN);
  expect([reads.left, writes.left]).toEqual([0, 0]);
  expect(await items()).toEqual([]);
});

it('gives up a batch of which DynamoDB leaves out too much, and goes on with it the next time', async () => {
  const opened = await openDynamoStore();
  const { store, limited, server, items } = opened;
  await fill(opened, 3);
  const fault = server.fail({ kind: 'leave-out', method: 'BatchWriteItem', ...ALWAYS });
  const before = (await items()).length;
  expect(await reasonOf(limited(400).forget(ANN))).toMatch(/within 400 ms/);
  expect((await items()).length).toBeLessThanOrEqual(before);
  fault.release();
  await store.forget(ANN);
  expect(await items()).toEqual([]);
});

it('says that there are no credentials', async () => {
  const { store } = await openDynamoStore();
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  expect(await reasonOf(write(store))).toMatch(/no AWS credentials/);
});

it('waits no longer for who never gives any credentials', async () => {
  const { limited } = await openDynamoStore();
  const asked: ServerResponse[] = [];
  const metadata = new LocalServer(async (_request, response) => void asked.push(response));
  await metadata.listen();
  onTestFinished(() => metadata.close());
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', metadata.origin);
  expect(await reasonOf(write(limited(300)))).toBe('putResult: no answer from DynamoDB within 300 ms');
  // the SDK itself would go on waiting
  expect(asked.map(({ destroyed }) => destroyed)).toEqual([false]);
});

it('says that no region is set', async () => {
  const { store } = await openDynamoStore();
  vi.stubEnv('AWS_REGION', undefined);
  expect(await reasonOf(write(store))).toBe('putResult: AWS_REGION is not set');
});

it('says that something is too large', async () => {
  const { store } = await openDynamoStore();
  const large = storedResult('a', { modelVersion: 'planted'.repeat(60_000) });
  expect(await reasonOf(store.putResult(large))).toMatch(/too large.*\(ValidationException\)/);
  expect(await store.result('a')).toBeNull();
});

it('says that nobody is there', async () => {
  const { store } = await openDynamoStore();
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  expect(await reasonOf(write(store))).toBe('putResult: DynamoDB cannot be reached (ECONNREFUSED)');
});
