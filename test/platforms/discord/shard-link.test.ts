import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { Arrival, BotFacts } from '../../../src/platforms/discord/front.ts';
import { ShardLink } from '../../../src/platforms/discord/shard-link.ts';
import { makeFakeTime } from '../../support/fake-time.ts';
import { watchLog } from '../../support/platform-recorders.ts';

const INCOMING = {
  request: {
    platform: 'discord',
    asker: { id: '1', locale: null },
    chat: { id: '2', shared: false, community: null },
    address: { kind: 'message', channelId: '2', messageId: '3' },
    call: { command: 'about' },
    answerBy: null,
  },
  key: 'discord:message:3',
  groupKey: null,
};

function openLink(pid: number | null = 7) {
  const child = Object.assign(new EventEmitter(), {
    ...{ pid: pid ?? undefined, connected: true },
    ...{ kill: vi.fn(), send: vi.fn() },
  });
  const time = makeFakeTime();
  const log = watchLog();
  const arrivals: Arrival[] = [];
  const bots: BotFacts[] = [];
  const errors: Error[] = [];
  const listener = {
    hand: (arrival: Arrival) => void arrivals.push(arrival),
    onConnected: (bot: BotFacts) => void bots.push(bot),
    onFatal: (error: Error) => void errors.push(error),
  };
  const link = new ShardLink(child as unknown as ChildProcess, { shard: 3, ...time, log, listener });
  const says = (message: unknown) => void child.emit('message', message);
  return { child, time, log, link, says, arrivals, bots, errors };
}

describe('what a shard says', () => {
  it('is an arrival and what became of its acknowledgement', async () => {
    const { says, arrivals } = openLink();
    says({ kind: 'arrival', incoming: INCOMING, interactionId: null });
    says({ kind: 'arrival', incoming: INCOMING, interactionId: '8' });
    says({ kind: 'acknowledged', interactionId: '8', taken: true });
    says({ kind: 'acknowledged', interactionId: 'of an earlier one', taken: true });
    expect(arrivals).toMatchObject([
      { incoming: INCOMING, acknowledged: null },
      { incoming: INCOMING, acknowledged: { interactionId: '8' } },
    ]);
    expect(await arrivals[1]?.acknowledged?.taken).toBe(true);
  });

  it('is one acknowledgement where an interaction came twice', async () => {
    const { says, arrivals } = openLink();
    for (let i = 0; i < 2; i++) says({ kind: 'arrival', incoming: INCOMING, interactionId: '8' });
    says({ kind: 'acknowledged', interactionId: '8', taken: true });
    expect(await Promise.all(arrivals.map(({ acknowledged }) => acknowledged?.taken))).toEqual([true, true]);
  });

  it('may have been acknowledged when it says nothing of that in time', async () => {
    const { says, arrivals, time } = openLink();
    says({ kind: 'arrival', incoming: INCOMING, interactionId: '8' });
    await time.advance(3500);
    says({ kind: 'acknowledged', interactionId: '8', taken: false });
    expect(await arrivals[0]?.acknowledged?.taken).toBe(true);
  });

  it('is who the bot is', () => {
    const { says, bots } = openLink();
    says({ kind: 'connected', username: 'vibe' });
    expect(bots).toEqual([{ username: 'vibe' }]);
  });

  it.each([
    ['discord.js’s own', { _ready: true }],
    ['of a version that is not known here', { kind: 'weather', ok: true }],
    ['nothing', null],
    ['no object', 'stop'],
  ])('is passed over where it is %s', (_what, message) => {
    const { says, log, arrivals, errors } = openLink();
    says(message);
    expect({ arrivals, errors, lines: log.lines }).toEqual({ arrivals: [], errors: [], lines: [] });
  });

  it('is told of where its shape is unknown, without what people said', () => {
    const { says, log, arrivals } = openLink();
    const incoming = { ...INCOMING, request: { ...INCOMING.request, asker: 'secret' } };
    says({ kind: 'arrival', incoming, interactionId: null });
    says({ kind: 'acknowledged', interactionId: 5 });
    expect(arrivals).toEqual([]);
    expect(log.lines).toMatchObject([
      { level: 'warn', details: { shard: 3, wrong: ['incoming'] } },
      { level: 'warn', details: { shard: 3, wrong: ['interactionId', 'taken'] } },
    ]);
  });
});

describe('the health of a shard', () => {
  it('is what it has said in the last half minute', async () => {
    const { says, link, time } = openLink();
    expect(link.health()).toMatchObject({ ok: false, detail: 'starts' });
    says({ kind: 'health', ok: true, detail: 'running' });
    await time.advance(30_000);
    expect(link.health()).toMatchObject({ ok: true, detail: 'running' });
    await time.advance(1);
    expect(link.health()).toMatchObject({ ok: false, detail: 'says nothing' });
    says({ kind: 'health', ok: false, detail: 'the gateway does not answer' });
    expect(link.health()).toMatchObject({ ok: false, detail: 'the gateway does not answer' });
  });
});

describe('the end of a shard', () => {
  it('comes when its last words were heard, and what it had not told of may have been acknowledged', async () => {
    const { child, says, arrivals, link } = openLink();
    child.emit('exit', 0, null);
    says({ kind: 'arrival', incoming: INCOMING, interactionId: '8' });
    says({ kind: 'acknowledged', interactionId: '8', taken: false });
    says({ kind: 'arrival', incoming: INCOMING, interactionId: '9' });
    child.emit('disconnect');
    await link.ended;
    expect(await Promise.all(arrivals.map(({ acknowledged }) => acknowledged?.taken))).toEqual([false, true]);
  });

  it('comes at once to one that could not be started', async () => {
    const { child, link, log } = openLink(null);
    child.emit('error', new Error('spawn EAGAIN'));
    child.emit('disconnect');
    await link.ended;
    expect(log.lines).toMatchObject([{ level: 'error', details: { shard: 3 } }]);
  });

  it('is asked for, and not forced on one that obeys', async () => {
    const { child, link } = openLink();
    const stopped = link.stop(1e6);
    expect(child.send.mock.calls[0]?.[0]).toEqual({ kind: 'stop' });
    child.emit('exit', 0, null);
    child.emit('disconnect');
    await stopped;
    expect(child.kill).not.toHaveBeenCalled();
  });
});
