import { describe, expect, it } from 'vitest';
import { IntentsRefusedError } from '../../../src/platforms/discord/intents-refused-error.ts';
import { TokenRefusedError } from '../../../src/platforms/token-refused-error.ts';
import { channelOf, identified, isRunning, openShardedFront, PATIENT } from './open-sharded-front.ts';

describe('a front of several processes', () => {
  it('hands on what all of them receive, as it came, and what became of acknowledgements', async () => {
    const { fake, front, start, arrivals, came } = await openShardedFront();
    expect(front.health()).toMatchObject({ ok: false, detail: 'not connected yet' });
    expect(await start()).toEqual({ username: fake.bot.username });
    expect(identified(fake).toSorted()).toEqual([0, 1]);
    const by = fake.user();
    const image = { bytes: Buffer.from('x') };
    const first = fake.slash('vibe', { image }, { by });
    const text = fake.sendText('hello', { from: by });
    await came(2);
    const late = fake.slash('vibe', { image }, { by, channel: channelOf(fake, 1), deadlineMs: -1 });
    await came(3);
    expect(arrivals.map(({ incoming }) => incoming.key)).toEqual([
      `discord:interaction:${first.id}`,
      `discord:message:${text.id}`,
      `discord:interaction:${late.id}`,
    ]);
    expect(arrivals[0]?.incoming.request).toMatchObject({
      platform: 'discord',
      asker: { id: by.id },
      call: { command: 'vibe', asked: true },
      address: { kind: 'interaction', token: first.token },
    });
    const outcomes = arrivals.map(({ acknowledged }) => acknowledged?.taken);
    expect(await Promise.all(outcomes)).toEqual([true, undefined, false]);
    expect(first.acknowledgedAs).toBe(5);
    expect(front.health()).toMatchObject({ ok: true, detail: 'running' });
    expect(fake.violations.map(({ method }) => method)).toEqual([]);
  });

  it('starts as many as Discord recommends, however long it cannot be asked', async () => {
    const { fake, start, log } = await openShardedFront({ shards: 'auto' });
    fake.fail({ method: 'get_bot_gateway', kind: 'drop', times: 4 });
    await start();
    expect(identified(fake)).toHaveLength(2);
    expect(log.lines[0]).toMatchObject({ level: 'warn', message: 'Discord cannot be reached' });
  });

  it('starts one anew that was killed; its acknowledgement on the way is no longer waited for', async () => {
    const { fake, front, start, arrivals, came, pids, log } = await openShardedFront();
    await start();
    const by = fake.user();
    const channel = channelOf(fake, 1);
    const release = fake.hold('create_interaction_response');
    fake.slash('vibe', { image: { bytes: Buffer.from('x') } }, { by, channel });
    await came(1);
    const [pid = 0] = pids(1);
    process.kill(pid, 'SIGKILL');
    expect(await arrivals[0]?.acknowledged?.taken).toBe(true);
    release();
    const ended = await log.written('a shard has ended');
    expect(ended).toMatchObject({ level: 'warn', details: { shard: 1, pid, signalCode: 'SIGKILL' } });
    expect(front.health()).toMatchObject({ ok: false, detail: 'shard 1: does not run' });
    await fake.waitUntil(() => identified(fake).length === 3, PATIENT);
    const asked = fake.slash('vibe', { image: { bytes: Buffer.from('x') } }, { by, channel });
    await came(2);
    expect(await arrivals[1]?.acknowledged?.taken).toBe(true);
    expect(asked.acknowledgedAs).toBe(5);
    expect(front.health()).toMatchObject({ ok: true, detail: 'running' });
    expect([pids(0).length, pids(1).length]).toEqual([1, 2]);
  });
});

describe('what nobody can connect with', () => {
  it('is a refused token, at the start', async () => {
    const { fake, front, start, pids } = await openShardedFront({ shards: 1 });
    fake.revokeToken();
    await expect(start()).rejects.toThrow(TokenRefusedError);
    await expect(front.ended).rejects.toThrow(TokenRefusedError);
    await front.stop();
    expect(pids().map(isRunning)).toEqual([false]);
    await expect(front.ended).rejects.toThrow(TokenRefusedError);
  });

  it('is a refused token, before any is started', async () => {
    const { fake, start, pids } = await openShardedFront({ shards: 'auto' });
    fake.revokeToken();
    await expect(start()).rejects.toThrow(TokenRefusedError);
    expect(pids()).toEqual([]);
  });

  it.each([
    ['a token that was taken back', 4004, TokenRefusedError],
    ['intents that are not granted', 4014, IntentsRefusedError],
    ['too few shards', 4011, /4011 ShardingRequired/],
  ])('is %s', async (_what, code, error) => {
    const { fake, front, start, pids } = await openShardedFront();
    await start();
    fake.gateway.closeWith(code, 1);
    await expect(front.ended).rejects.toThrow(error);
    expect(front.health()).toMatchObject({ ok: false, detail: 'stopped' });
    await front.stop();
    expect(pids().map(isRunning)).toEqual([false, false]);
  });
});
