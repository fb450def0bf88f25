import { expect, it } from 'vitest';
import { openLeaseScene } from '../support/open-leases.ts';

const YEARS_MS = 1e12;

it('is had at once by the first, under a name that it has of nobody', async () => {
  const { open, item } = await openLeaseScene();
  const { lease, begin, taking, lines } = open();
  expect([lease.isHeld, lease.health().ok]).toEqual([false, false]);
  await begin();
  await taking();
  expect(lease.isHeld).toBe(true);
  expect(await item()).toEqual({
    ...{ pk: 'LEASE', sk: 'LEADER' },
    holder: expect.stringMatching(/^[\da-f-]{36}$/),
    version: expect.stringMatching(/^[\da-f-]{36}$/),
  });
  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    ['info', 'the lease is held: this instance answers'],
  ]);
});

it('is looked for every second while another has it, and is had at once when that one gives it back', async () => {
  const { open, item } = await openLeaseScene();
  const [first, second] = [open(), open(YEARS_MS)];
  await first.begin();
  await second.begin();
  await second.time.step();
  expect(await second.time.asleep()).toBe(1000);
  expect([second.lease.isHeld, second.stoodBy()]).toEqual([false, 2]);
  expect(second.lease.health()).toEqual({ ok: true, detail: 'standby' });
  expect(second.lines.map(({ message }) => message)).toEqual([
    'another instance holds the lease: standing by',
  ]);
  const before = await item();
  await first.lease.release();
  expect(await item()).toBeUndefined();
  await second.time.wake();
  await second.taking();
  expect((await item())?.['holder']).not.toBe(before?.['holder']);
});

it('is taken over from a holder that is dead after ten seconds of one’s own clock, and not sooner', async () => {
  const { open } = await openLeaseScene();
  const [dead, waiting] = [open(YEARS_MS), open()];
  await dead.begin();
  await waiting.begin();
  for (let second = 1; second <= 9; second += 1) await waiting.time.step();
  expect(waiting.lease.isHeld).toBe(false);
  await waiting.time.wake();
  await waiting.taking();
  expect(waiting.time.clock()).toBe(10_000);
});

it('stays with a holder that renews it every three seconds, each time with another version', async () => {
  const { open, item } = await openLeaseScene();
  const [holder, waiting] = [open(), open(YEARS_MS)];
  await holder.begin();
  await waiting.begin();
  const versions = new Set<unknown>();
  for (let second = 1; second <= 30; second += 1) {
    await waiting.time.step();
    if (second % 3 === 0) await holder.time.step();
    versions.add((await item())?.['version']);
  }
  expect([holder.time.clock(), versions.size]).toEqual([30_000, 11]);
  expect([holder.lost(), waiting.lease.isHeld, waiting.stoodBy()]).toEqual([0, false, 31]);
});

it('is not taken over by who has slept for long while it was renewed', async () => {
  const { open } = await openLeaseScene();
  const [holder, waiting] = [open(), open()];
  await holder.begin();
  await waiting.begin();
  await holder.time.step();
  await waiting.time.step(3_600_000);
  expect(waiting.lease.isHeld).toBe(false);
  for (let second = 1; second <= 9; second += 1) await waiting.time.step();
  expect(waiting.lease.isHeld).toBe(false);
});

it.each(['is dead', 'gives it back'])('is had by one of two that wait when its holder %s', async (how) => {
  const { open, server } = await openLeaseScene();
  const [holder, ...waiting] = [open(), open(), open(YEARS_MS)];
  await holder.begin();
  for (const one of waiting) await one.begin();
  if (how === 'gives it back') await holder.lease.release();
  else for (const one of waiting) for (let second = 1; second <= 9; second += 1) await one.time.step();
  // both have seen that it is free before either takes it
  const writes = server.fail({ kind: 'stall', method: 'UpdateItem', times: 2 });
  await Promise.all(waiting.map((one) => one.time.wake()));
  await server.waitForCall(() => writes.met.length === 2, { unanswered: true });
  writes.release();
  const one = await Promise.race(waiting.map((each) => each.taking().then(() => each)));
  const other = waiting.find((each) => each !== one);
  await other?.time.asleep();
  expect(waiting.map(({ lease }) => lease.isHeld).filter(Boolean)).toHaveLength(1);
  expect(other?.lease.health().ok).toBe(true);
});

it('is nobody else’s business: what was not had is not given back', async () => {
  const { open, item, server } = await openLeaseScene();
  const [first, second] = [open(), open()];
  await first.begin();
  await second.begin();
  await second.lease.release();
  expect(server.calls.map(({ method }) => method)).not.toContain('DeleteItem');
  expect(await item()).toBeDefined();
});

it('ends its waiting with the signal', async () => {
  const { open } = await openLeaseScene();
  const [holder, waiting] = [open(), open()];
  await holder.begin();
  await waiting.begin();
  const reason = new Error('stopped');
  waiting.stop.abort(reason);
  await expect(waiting.taking()).rejects.toBe(reason);
});
