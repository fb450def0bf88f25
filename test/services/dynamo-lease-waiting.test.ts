import { expect, it } from 'vitest';
import type { DynamoFault } from '../support/dynamo-server.ts';
import { openLeaseScene } from '../support/open-leases.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
/** Of the kind that is not tried again by the SDK. */
const DENIED: DynamoFault = { kind: 'refuse', code: 'AccessDeniedException' };

it('is had at the next look by who was not told that it has it', async () => {
  const { open, server, item } = await openLeaseScene();
  const { begin, taking, time, lease } = open();
  server.fail({ kind: 'drop-reply', method: 'UpdateItem', times: 3 });
  await begin();
  expect([lease.isHeld, (await item())?.['pk']]).toEqual([false, 'LEASE']);
  await time.wake();
  await taking();
  expect([lease.isHeld, time.clock()]).toEqual([true, 1000]);
});

it.each<DynamoFault>([DENIED, { kind: 'stall' }, { kind: 'stall-body' }])(
  'is waited for while DynamoDB cannot be had, which is said once and shows in the health check: %j',
  async (fault) => {
    const { open, server } = await openLeaseScene();
    const [holder, waiting] = [open(), open()];
    await holder.begin();
    await waiting.begin();
    const down = server.fail({ ...fault, method: 'GetItem', ...ALWAYS });
    await waiting.time.step();
    await waiting.time.step();
    expect(waiting.lease.health()).toEqual({ ok: false, detail: 'DynamoDB does not say who leads' });
    const isError = ({ level }: { level: string }) => level === 'error';
    expect(waiting.lines.filter(isError).map(({ message }) => message)).toEqual([
      'the lease cannot be had: nobody is answered',
    ]);
    down.release();
    await waiting.time.step();
    expect(waiting.lease.health().ok).toBe(true);
  },
);

it('counts no look that had no answer: the version before it still counts', async () => {
  const { open, server } = await openLeaseScene();
  const [dead, waiting] = [open(), open()];
  await dead.begin();
  await waiting.begin();
  server.fail({ ...DENIED, method: 'GetItem', times: 9 });
  for (let second = 1; second <= 9; second += 1) await waiting.time.step();
  await waiting.time.wake();
  await waiting.taking();
  expect(waiting.time.clock()).toBe(10_000);
});

it('is waited for from when the version was seen, however long the answer took', async () => {
  const { open, server } = await openLeaseScene();
  const [dead, waiting] = [open(), open()];
  await dead.begin();
  const slow = server.fail({ kind: 'stall', method: 'GetItem' });
  const begun = waiting.begin();
  await server.waitForCall(() => slow.met.length === 1, { unanswered: true });
  waiting.time.pass(1000);
  slow.release();
  await begun;
  for (let second = 1; second <= 9; second += 1) await waiting.time.step();
  expect(waiting.lease.isHeld).toBe(false);
  await waiting.time.wake();
  await waiting.taking();
  expect(waiting.time.clock()).toBe(11_000);
});

it('ends its waiting with the signal in the middle of a look', async () => {
  const { open, server } = await openLeaseScene();
  const { begin, taking, stop } = open();
  server.fail({ kind: 'stall', ...ALWAYS });
  begin().catch(() => {}); // `taking` tells
  await server.waitForCall('GetItem', { unanswered: true });
  const reason = new Error('stopped');
  stop.abort(reason);
  await expect(taking()).rejects.toBe(reason);
  expect(server.calls.map(({ status }) => status)).toEqual([undefined]);
});
