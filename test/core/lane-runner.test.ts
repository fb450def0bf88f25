import { describe, expect, it, vi } from 'vitest';
import type { Inbox, Job } from '../../src/core/chat-ports.ts';
import { pass, START, startLane as start } from '../support/lane-bench.ts';

describe('LaneRunner', () => {
  it('runs what waits, in its order, as many at once as there are places', async () => {
    const { runner, accept, begun, finish } = start();
    for (const key of ['a', 'b', 'c', 'd']) await accept(key);
    await accept('other lane', 'x', START, 'quick');
    runner.wake();
    await pass();
    expect(begun).toEqual(['a', 'b']);
    await finish('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await finish('a');
    await finish('c');
    await finish('d');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets nobody have more at once than their share', async () => {
    const { runner, accept, begun, finish } = start({ slots: 3, perAsker: 1 });
    for (const key of ['ann 1', 'ann 2', 'ben 1']) await accept(key, key.slice(0, 3));
    runner.wake();
    await pass();
    expect(begun).toEqual(['ann 1', 'ben 1']);
    await finish('ann 1');
    expect(begun).toEqual(['ann 1', 'ben 1', 'ann 2']);
  });

  it('takes others while a job only waits for what is not its own', async () => {
    const { runner, accept, begun, free, finish } = start({ slots: 1, perAsker: 1 });
    for (const key of ['ann 1', 'ann 2', 'ben 1']) await accept(key, key.slice(0, 3));
    runner.wake();
    await pass();
    expect(begun).toEqual(['ann 1']);
    await free('ann 1');
    await free('ann 1');
    expect(begun).toEqual(['ann 1', 'ann 2']);
    await finish('ann 1');
    await free('ann 1');
    expect(begun).toEqual(['ann 1', 'ann 2']);
    await free('ann 2');
    expect(begun).toEqual(['ann 1', 'ann 2', 'ben 1']);
  });

  it('has only so many that wait, and waits for them when it ends', async () => {
    const { runner, accept, begun, free, finish } = start({ slots: 1, perAsker: 1 });
    const keys = Array.from({ length: 60 }, (_, at) => `job ${at}`);
    for (const key of keys) await accept(key);
    runner.wake();
    await pass();
    for (const key of keys) await free(key);
    expect(begun).toHaveLength(48);
    await finish('job 7');
    expect(begun).toHaveLength(49);
    let ended = false;
    const ends = runner.stop().then(() => {
      ended = true;
    });
    await pass();
    expect(ended).toBe(false);
    for (const key of [...begun]) await finish(key);
    await ends;
  });

  it('wakes by itself when a job’s time comes', async () => {
    const { runner, accept, begun } = start();
    await accept('later', 'a', START + 1000);
    runner.wake();
    await pass(999);
    expect(begun).toEqual([]);
    await pass(1);
    expect(begun).toEqual(['later']);
  });

  it('is not late for a job whose time comes while it looks', async () => {
    const { runner, accept, begun } = start({}, (inbox) => ({
      ...inbox,
      async nextAt(lane) {
        vi.setSystemTime(START + 1000);
        return inbox.nextAt(lane);
      },
    }));
    await accept('later', 'a', START + 1000);
    runner.wake();
    await pass(1);
    expect(begun).toEqual(['later']);
  });

  it('is not late for a job that has to come while others wait for their asker’s turn', async () => {
    const { runner, accept, begun } = start({ slots: 5, perAsker: 1 });
    await accept('ann 1', 'ann');
    await accept('ann 2', 'ann');
    await accept('ben', 'ben', START + 1000);
    runner.wake();
    await pass(1500);
    expect(begun).toEqual(['ann 1', 'ben']);
  });

  it('bears a time that no timer can hold', async () => {
    const { runner, accept, begun } = start();
    await accept('far', 'a', START + 60 * 24 * 3600 * 1000);
    runner.wake();
    await pass(59 * 24 * 3600 * 1000);
    expect(begun).toEqual([]);
    await pass(24 * 3600 * 1000);
    expect(begun).toEqual(['far']);
  });

  it('tries again after a while when the inbox cannot be read', async () => {
    let failures = 2;
    const { runner, accept, begun, lines } = start({}, (inbox) => ({
      ...inbox,
      async take(lane, perAsker) {
        if (failures-- > 0) throw new Error('disk gone');
        return inbox.take(lane, perAsker);
      },
    }));
    await accept('a');
    runner.wake();
    await pass();
    expect(lines).toMatchObject([{ level: 'error', details: { error: { message: 'disk gone' } } }]);
    expect(begun).toEqual([]);
    await pass(10_000);
    expect(begun).toEqual(['a']);
    expect(lines).toHaveLength(2);
  });

  it('misses no call to wake, whenever it comes', async () => {
    for (let ticks = 0; ticks < 20; ticks++) {
      const waiting: Job[] = [];
      const begun: Job[] = [];
      const { runner } = start({
        run: async (job) => void begun.push(job),
        inbox: {
          take: async () => waiting.shift() ?? null,
          nextAt: async () => null,
        } as Partial<Inbox> as Inbox,
      });
      runner.wake();
      for (let i = 0; i < ticks; i++) await Promise.resolve();
      waiting.push({ id: ticks } as Job);
      runner.wake();
      await pass();
      expect(begun, `after ${ticks} ticks`).toHaveLength(1);
    }
  });
});

describe('LaneRunner.stop', () => {
  it('takes nothing more and waits for what runs', async () => {
    const { runner, accept, begun, finish } = start({ slots: 1 });
    await accept('a');
    await accept('b');
    runner.wake();
    await pass();
    let stopped = false;
    const ends = runner.stop().then(() => {
      stopped = true;
    });
    await pass(5000);
    expect(stopped).toBe(false);
    await finish('a');
    await ends;
    runner.wake();
    await pass(5000);
    expect(begun).toEqual(['a']);
  });

  it('waits for a job that was being taken', async () => {
    const taking = Promise.withResolvers<void>();
    const { runner, accept, begun, finish, inbox } = start({}, (inbox) => ({
      ...inbox,
      async take(lane, perAsker) {
        const job = await inbox.take(lane, perAsker);
        await taking.promise;
        return job;
      },
    }));
    await accept('a');
    await accept('b');
    runner.wake();
    await pass();
    let stopped = false;
    const ends = runner.stop().then(() => {
      stopped = true;
    });
    taking.resolve();
    await pass();
    expect(begun).toEqual(['a']);
    expect(stopped).toBe(false);
    await finish('a');
    await ends;
    expect((await inbox.depth()).photo).toEqual({ waiting: 1, running: 0 });
  });

  it('leaves no timer behind', async () => {
    const { runner, accept } = start();
    await accept('later', 'a', START + 1000);
    runner.wake();
    await pass();
    expect(vi.getTimerCount()).toBe(1);
    await runner.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
