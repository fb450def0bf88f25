import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { ShardingManager } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../../support/discord/fake-discord.ts';
import { doneOn } from '../../support/discord-gateway.ts';
import { REPOSITORY } from '../../support/run-program.ts';

const ROOT = pathToFileURL(REPOSITORY);

/** A program that connects, and stops once its log has a line with STOP_AT in it. */
const PROGRAM = `
import { DiscordGateway } from '${new URL('src/platforms/discord/gateway.ts', ROOT)}';
import { sleep } from '${new URL('src/services/sleep.ts', ROOT)}';

const { API_URL: apiUrl, TOKEN: token, STOP_AT, SHARDS } = process.env;
const write = (message, details) => {
  console.log(message, JSON.stringify(details));
  if (STOP_AT && message.includes(STOP_AT)) queueMicrotask(() => gateway.stop().then(() => console.log('stopped')));
};
const log = { debug: write, info: write, warn: write, error: write };
const events = { onInteraction() {}, onMessage() {} };
const shards = SHARDS ? 'given' : 'auto';
const gateway = new DiscordGateway({ apiUrl, token, shards, log, calendar: Date.now, sleep, ...events });
await gateway.start();
await gateway.ended;
`;

async function writeProgram(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'program.mjs');
  await writeFile(file, PROGRAM);
  return file;
}

/** Runs it; `output` is what it has printed so far. */
async function run(fake: FakeDiscord, stopAt: string) {
  const { PATH = '' } = process.env;
  const env = { PATH, API_URL: fake.apiUrl, TOKEN: fake.token, STOP_AT: stopAt };
  const child = spawn(process.execPath, [await writeProgram()], { env });
  const lines: string[] = [];
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (line.includes('connected')) resolve();
    });
  }
  const exited = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(() => void child.kill());
  return { connected, exited, lines };
}

describe('a process', () => {
  it('ends by itself when it has stopped', async () => {
    await using fake = await startFakeDiscord();
    const { exited, lines } = await run(fake, 'connected');
    expect(await exited).toBe(0);
    expect(lines.at(-1)).toBe('stopped');
    expect(doneOn(fake)).toEqual(['connect', 'identify', 'close']);
  });

  it('ends, and does not connect again, when it has stopped while it was about to', async () => {
    await using fake = await startFakeDiscord();
    const { connected, exited, lines } = await run(fake, 'reconnects');
    await connected;
    fake.gateway.reconnect();
    expect(await exited).toBe(0);
    expect(lines.at(-1)).toBe('stopped');
    expect(doneOn(fake)).toEqual(['connect', 'identify', 'close']);
  });
});

describe('a shard of a ShardingManager', () => {
  it('connects what it was given, and the manager hears of it even where that took two attempts', async () => {
    await using fake = await startFakeDiscord({ shards: 1 });
    const dropped = fake.fail({ method: 'get_bot_gateway', kind: 'drop' });
    vi.stubEnv('API_URL', fake.apiUrl);
    vi.stubEnv('TOKEN', fake.token);
    onTestFinished(() => void vi.unstubAllEnvs());
    const manager = new ShardingManager(await writeProgram(), {
      token: fake.token,
      totalShards: 3,
      shardList: [2],
      respawn: false,
      silent: true,
    });
    onTestFinished(() => {
      for (const shard of manager.shards.values()) shard.kill();
    });
    await manager.spawn();
    expect(dropped.left).toBe(0);
    expect(fake.gateway.notesOf('identify').map(({ shard }) => shard)).toEqual([[2, 3]]);
    const [shard] = manager.shards.values();
    if (!shard) throw new Error('the manager has no shard');
    const resumed = once(shard, 'resume');
    fake.gateway.drop();
    await resumed;
  });
});
