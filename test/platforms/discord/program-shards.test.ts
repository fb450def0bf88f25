import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { FakeDiscord } from '../../support/discord/fake-discord.ts';
import type { Interaction } from '../../support/discord/interact.ts';
import { fixture, isWhole, openDiscordScene } from '../../support/discord-program.ts';
import { runProgram } from '../../support/run-program.ts';
import type { RunningProgram } from '../../support/start-program.ts';
import { channelOf, identified, isRunning, PATIENT } from './open-sharded-front.ts';

const openScene = () => openDiscordScene({ shards: 2, maxConcurrency: 16 });

const connected = (fake: FakeDiscord) =>
  fake.waitUntil(() => fake.gateway.sessions.filter(({ isConnected }) => isConnected).length === 2, PATIENT);

const done = ({ answer }: Interaction) => answer !== undefined && isWhole(answer);

/** The ids of the shards' processes, as they were started. */
function pidsOf({ lines }: RunningProgram): readonly number[] {
  return lines.filter((line) => line.includes('"a shard starts"')).map((line) => JSON.parse(line).pid);
}

/** What a process has opened: its files, and the code of native modules. */
async function openedBy(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const files = (await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => ''));
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  return [...(await Promise.all(files)), ...maps.split('\n').map((line) => line.split(/\s+/)[5] ?? '')];
}

describe('npm start with DISCORD_SHARDS', () => {
  it('answers the guilds of every shard and direct messages, each once, and leaves no process', async () => {
    const { fake, settings, start } = await openScene();
    const program = await start({ DISCORD_SHARDS: 'auto' });
    await connected(fake);
    const by = fake.user();
    const image = { bytes: await fixture('cat.jpg') };
    const channels = [channelOf(fake, 0), channelOf(fake, 1), fake.dm(by)];
    const asked = channels.map((channel) => fake.slash('vibe', { image }, { by, channel }));
    await fake.waitUntil(() => asked.every(done), PATIENT);
    const told = fake.sendText('what is this?', { from: by });
    const answers = () => fake.messagesIn(fake.dm(by)).filter(({ fromBot }) => fromBot);
    await fake.waitUntil(() => answers().length === 2);
    expect(answers()[1]?.raw.message_reference?.message_id).toBe(told.id);
    for (const channel of channels.slice(0, 2)) {
      expect(fake.messagesIn(channel).filter(({ fromBot }) => fromBot)).toHaveLength(1);
    }
    expect(fake.callsOf('create_interaction_response')).toHaveLength(3);
    const health = await fetch(`http://127.0.0.1:${program.port}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([
      200,
      { checks: { discord: { ok: true, detail: 'running' } } },
    ]);
    const pids = pidsOf(program);
    expect(pids).toHaveLength(2);
    if (process.platform === 'linux') {
      const opened = (await Promise.all(pids.map(openedBy))).flat();
      expect(opened.filter((path) => /sharp|vips|onnx/.test(path))).toEqual([]);
      expect(opened.filter((path) => path.startsWith(`${settings['STATE_DIR']}`))).toEqual([]);
    }
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(pids.filter(isRunning)).toEqual([]);
    await fake.waitUntil(() => fake.gateway.sessions.length === 0);
    expect(fake.violations).toEqual([]);
  });

  it('brings a shard back that was killed', async () => {
    const { fake, start } = await openScene();
    const program = await start({ DISCORD_SHARDS: '2' });
    await connected(fake);
    const [, pid = 0] = pidsOf(program);
    process.kill(pid, 'SIGKILL');
    await fake.waitUntil(() => identified(fake).length === 3, PATIENT);
    const by = fake.user();
    const channel = channelOf(fake, 1);
    const asked = fake.slash('vibe', { image: { bytes: await fixture('cat.jpg') } }, { by, channel });
    await fake.waitUntil(() => done(asked), PATIENT);
    expect(identified(fake)).toEqual([0, 1, 1]);
    expect(fake.violations).toEqual([]);
  });

  it('acknowledges and finishes what came before all of its processes were told to end', async () => {
    const { fake, start } = await openScene();
    const program = await start({ DISCORD_SHARDS: '1' });
    const release = fake.hold('create_interaction_response');
    const asked = fake.slash('vibe', { image: { bytes: await fixture('cat.jpg') } }, { by: fake.user() });
    await fake.waitForCall('create_interaction_response', { unanswered: true });
    const stopped = program.stop('SIGTERM');
    for (const pid of pidsOf(program)) process.kill(pid, 'SIGTERM');
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 1);
    release();
    expect(await stopped).toBe(0);
    expect(done(asked)).toBe(true);
    expect(pidsOf(program).filter(isRunning)).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('leaves no shard when it is killed', async () => {
    const { fake, start } = await openScene();
    const program = await start({ DISCORD_SHARDS: '2' });
    // of its streams, which the shards have, too
    const closed = once(program.child, 'close');
    expect(await program.stop('SIGKILL')).toBeNull();
    await closed;
    await fake.waitUntil(() => fake.gateway.sessions.length === 0);
  });

  it.each(['auto', '2'])('ends with one line when the token is refused (%s)', async (shards) => {
    const { settings } = await openScene();
    const env = { ...settings, PORT: '0', DISCORD_TOKEN: 'x'.repeat(60), DISCORD_SHARDS: shards };
    // it ends when the streams do, which the shards have, too
    const { code, stderr } = await runProgram(['serve'], { env });
    expect({ code, lines: stderr.trim().split('\n') }).toEqual({
      code: 2,
      lines: [expect.stringContaining('DISCORD_TOKEN')],
    });
  });
});
