import { DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import type { DynamoFault } from '../support/dynamo-server.ts';
import { type LeaseScene, openLeaseScene } from '../support/open-leases.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
/** Of the kind that is not tried again by the SDK. */
const DENIED: DynamoFault = { kind: 'refuse', code: 'AccessDeniedException' };

/** Goes past what is noted and goes wrong. */
function quietClient({ server }: LeaseScene): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint: server.quietOrigin });
  onTestFinished(() => client.destroy());
  return client;
}

async function holding() {
  const scene = await openLeaseScene();
  const holder = scene.open();
  await holder.begin();
  await holder.time.asleep();
  return { ...scene, ...holder, scene };
}

it('is lost six seconds after the start of the last renewal, which is tried again until then', async () => {
  const { server, time, lost, lines } = await holding();
  await time.step();
  const { length } = server.calls;
  server.fail({ ...DENIED, method: 'UpdateItem', ...ALWAYS });
  const tried: number[] = [];
  while (time.clock() < 8500) {
    await time.step();
    tried.push(time.clock());
  }
  expect(tried).toEqual([6000, 6500, 7000, 7500, 8000, 8500]);
  expect(server.calls.slice(length).map(({ method }) => method)).toEqual(tried.map(() => 'UpdateItem'));
  expect(lost()).toBe(0);
  await time.wake();
  await expect.poll(lost).toBe(1);
  expect(time.clock()).toBe(9000);
  const reason = 'it could not be renewed in time';
  expect(lines.at(-1)).toEqual({
    level: 'error',
    message: 'the lease is lost: stopping',
    details: { reason },
  });
});

it('stays when a renewal succeeds in time, and is then renewed three seconds later', async () => {
  const { server, time, lost } = await holding();
  server.fail({ ...DENIED, method: 'UpdateItem', times: 3 });
  for (const pause of [3000, 500, 500, 500, 3000, 3000]) {
    expect(await time.asleep()).toBe(pause);
    await time.step();
  }
  expect(lost()).toBe(0);
});

it('counts from when its renewal was begun, however long the answer takes', async () => {
  const { server, time } = await holding();
  const slow = server.fail({ kind: 'stall', method: 'UpdateItem' });
  await time.wake();
  await server.waitForCall(() => slow.met.length === 1, { unanswered: true });
  time.pass(1000);
  slow.release();
  expect(await time.asleep()).toBe(2000);
});

it('is not held any more when its time is over, before anybody notices', async () => {
  const { time, lease } = await holding();
  time.pass(5999);
  expect(lease.isHeld).toBe(true);
  time.pass(1);
  expect(lease.isHeld).toBe(false);
});

it('is not lost when it is given back in the middle of a renewal', async () => {
  const { server, time, lost, lease, lines } = await holding();
  const slow = server.fail({ kind: 'stall', method: 'UpdateItem' });
  await time.wake();
  await server.waitForCall(() => slow.met.length === 1, { unanswered: true });
  await lease.release();
  slow.release();
  await server.waitForCall(({ method, status }) => method === 'UpdateItem' && status !== undefined);
  expect([lost(), lines.filter(({ level }) => level === 'error')]).toEqual([0, []]);
});

it('is lost without another call when the time has jumped past it', async () => {
  const { server, time, lost } = await holding();
  const { length } = server.calls;
  await time.wake(6000);
  await expect.poll(lost).toBe(1);
  expect(server.calls).toHaveLength(length);
});

it('is lost when a renewal stalls until there is no time left', async () => {
  const { server, time, lost, lines } = await holding();
  server.fail({ kind: 'stall', method: 'UpdateItem', ...ALWAYS });
  await time.step(5900); // 100 ms are left
  const reason = 'no answer from DynamoDB within 100 ms';
  expect(lines.at(-1)).toEqual({
    level: 'warn',
    message: 'the lease could not be renewed',
    details: { reason },
  });
  expect(await time.asleep()).toBe(100);
  await time.wake();
  await expect.poll(lost).toBe(1);
});

it('is lost at once when another instance has it', async () => {
  const { scene, table, time, lost, lines, item, lease } = await holding();
  const taken = { pk: 'LEASE', sk: 'LEADER', holder: 'another', version: 'v' };
  await DynamoDBDocumentClient.from(quietClient(scene)).send(
    new PutCommand({ TableName: table, Item: taken }),
  );
  await time.wake();
  await expect.poll(lost).toBe(1);
  expect(lines.at(-1)?.details).toEqual({ reason: 'another instance has taken it' });
  await lease.release();
  expect(await item()).toEqual(taken);
});

it.each<DynamoFault>([
  { kind: 'drop-reply' },
  { kind: 'drop' },
  { kind: 'refuse', code: 'InternalServerError', status: 500 },
])('stays when a renewal has to be sent twice: %j', async (fault) => {
  const { server, time, lost } = await holding();
  const met = server.fail({ ...fault, method: 'UpdateItem' });
  await time.step();
  expect([met.left, lost()]).toEqual([0, 0]);
  expect(await time.asleep()).toBe(3000);
});

it('is given back by who was not told that it has it', async () => {
  const { open, server, item } = await openLeaseScene();
  const { begin, lease } = open();
  server.fail({ kind: 'drop-reply', method: 'UpdateItem', times: 3 });
  await begin();
  await lease.release();
  expect(await item()).toBeUndefined();
});

it('says that it could not be given back', async () => {
  const { server, lease, lines } = await holding();
  server.fail({ ...DENIED, method: 'DeleteItem', ...ALWAYS });
  await lease.release();
  expect(lines.at(-1)).toMatchObject({ level: 'warn', message: 'the lease could not be given back' });
});

it('is not brought back by a renewal that comes after it was given back', async () => {
  const { scene, server, time, lease, item } = await holding();
  await time.step();
  const renewal = server.calls.findLast(({ method }) => method === 'UpdateItem');
  await lease.release();
  const late = new UpdateItemCommand(renewal?.params as unknown as UpdateItemCommandInput);
  await expect(quietClient(scene).send(late)).rejects.toThrow('conditional request failed');
  expect(await item()).toBeUndefined();
});
