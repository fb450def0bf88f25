import { describe, expect, it } from 'vitest';
import { endlessSleep } from '../../support/platform-recorders.ts';
import { identified, isRunning, openShardedFront, PATIENT } from './open-sharded-front.ts';

const STOPPED = 'The program stops.';

describe('the stop', () => {
  it('leaves no process, and hands over first what has come', async () => {
    const { fake, front, start, arrivals, pids } = await openShardedFront();
    await start();
    const release = fake.hold('create_interaction_response');
    fake.slash('vibe', { image: { bytes: Buffer.from('x') } }, { by: fake.user() });
    await fake.waitForCall('create_interaction_response', { unanswered: true });
    const stopped = front.stop();
    expect(front.stop()).toBe(stopped);
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 2);
    release();
    await stopped;
    await front.ended;
    expect(await arrivals[0]?.acknowledged?.taken).toBe(true);
    expect(pids().map(isRunning)).toEqual([false, false]);
    expect(fake.gateway.notesOf('close')).toMatchObject([{ data: { code: 1000 } }, { data: { code: 1000 } }]);
    expect(front.health()).toMatchObject({ ok: false, detail: 'stopped' });
    await expect(start()).rejects.toThrow(STOPPED);
  });

  it('ends a start between two shards', async () => {
    const between = endlessSleep();
    const { fake, front, start, pids } = await openShardedFront({ spawnDelayMs: 5500, sleep: between.sleep });
    const started = start();
    started.catch(() => {});
    expect(await between.asleep).toBe(5500);
    await fake.waitUntil(() => identified(fake).length === 1, PATIENT);
    await front.stop();
    await expect(started).rejects.toThrow(STOPPED);
    expect(pids().map(isRunning)).toEqual([false]);
    expect(identified(fake)).toEqual([0]);
  });

  it('ends a start right after a process was started', async () => {
    const { fake, front, start, pids } = await openShardedFront();
    const started = start();
    started.catch(() => {});
    await front.stop();
    await expect(started).rejects.toThrow(STOPPED);
    expect(pids().filter(isRunning)).toEqual([]);
    expect(identified(fake)).toEqual([]);
  });

  it('kills a process that does not react', async () => {
    const { front, start, pids } = await openShardedFront({ shards: 1, stopMs: 100 });
    await start();
    for (const pid of pids()) process.kill(pid, 'SIGSTOP');
    await front.stop();
    expect(pids().map(isRunning)).toEqual([false]);
  });
});
