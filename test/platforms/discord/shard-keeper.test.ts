import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Shard } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import { ShardKeeper } from '../../../src/platforms/discord/shard-keeper.ts';
import { makeFakeTime } from '../../support/fake-time.ts';
import { watchLog } from '../../support/platform-recorders.ts';

const MINUTE_MS = 60_000;

/** discord.js's own class, as far as it is used; `lives` tells what becomes of each process. */
class FakeShard extends EventEmitter {
  readonly id = 0;
  process: ChildProcess | null = null;
  readonly startedAt: number[] = [];
  readonly #now: () => number;
  readonly #lives: (attempt: number) => 'runs' | 'throws' | 'never begins';

  constructor(now: () => number, lives: (attempt: number) => 'runs' | 'throws' | 'never begins') {
    super();
    this.#now = now;
    this.#lives = lives;
  }

  async spawn(): Promise<ChildProcess> {
    if (this.process) throw new Error('it runs already');
    const life = this.#lives(this.startedAt.push(this.#now()));
    if (life === 'throws') throw new Error('spawn ENOMEM');
    const isRunning = life === 'runs';
    const child = Object.assign(new EventEmitter(), { pid: isRunning ? 7 : undefined, connected: isRunning });
    this.process = child as unknown as ChildProcess;
    this.emit('spawn', child);
    if (!isRunning) process.nextTick(() => child.emit('error', new Error('spawn EMFILE')));
    return this.process;
  }

  end(): void {
    const child = this.process;
    this.process = null;
    child?.emit('exit', 1, null);
    child?.emit('disconnect');
  }

  kill(): void {
    this.process = null;
  }
}

async function keep(lives: (attempt: number) => 'runs' | 'throws' | 'never begins' = () => 'runs') {
  const time = makeFakeTime();
  const shard = new FakeShard(time.clock, lives);
  const log = watchLog();
  const listener = { hand() {}, onFatal() {} };
  const keeper = new ShardKeeper({ shard: shard as unknown as Shard, ...time, log, listener });
  const stop = new AbortController();
  const ended = keeper.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    shard.end();
    await ended;
  });
  await time.advance(0);
  return { shard, log, keeper, ...time };
}

it('starts a process anew after a second, and after longer ones while it ends again and again', async () => {
  const { shard, advance, keeper } = await keep();
  for (let i = 0; i < 9; i++) {
    shard.end();
    await advance(0);
    expect(keeper.health).toMatchObject({ ok: false, detail: 'does not run' });
    await advance(2 * MINUTE_MS);
  }
  const pauses = shard.startedAt.slice(1).map((at, i) => at - i * 2 * MINUTE_MS);
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 120_000, 120_000]);
});

it('forgets earlier ends of one that has run for long', async () => {
  const { shard, advance } = await keep();
  for (let i = 0; i < 3; i++) {
    shard.end();
    await advance(MINUTE_MS);
  }
  await advance(10 * MINUTE_MS);
  shard.end();
  await advance(1000);
  expect(shard.startedAt.at(-1)).toBe(13 * MINUTE_MS + 1000);
});

it.each(['throws', 'never begins'] as const)('tries again where the start of a process %s', async (life) => {
  const { shard, log, advance } = await keep((attempt) => (attempt < 3 ? life : 'runs'));
  await advance(1000 + 2000);
  expect(shard.startedAt).toEqual([0, 1000, 3000]);
  expect(shard.process).not.toBeNull();
  expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
});
