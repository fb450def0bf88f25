import { expect, it } from 'vitest';
import { startFakeSecretsManager } from '../../support/aws/fake-secrets-manager.ts';
import type { FakeDiscord } from '../../support/discord/fake-discord.ts';
import { openDiscordScene } from '../../support/discord-program.ts';
import { runProgram } from '../../support/run-program.ts';

const PATIENT = { timeoutMs: 30_000 };

/** A local Discord whose token is in a local AWS alone. */
async function openScene() {
  const { fake, settings, start } = await openDiscordScene();
  const aws = await startFakeSecretsManager();
  aws.keep({ DISCORD_TOKEN: fake.token });
  const env = { ...settings, ...aws.settings, DISCORD_TOKEN: '' };
  return { fake, aws, env, start, [Symbol.asyncDispose]: () => aws.close() };
}

async function helps(fake: FakeDiscord): Promise<void> {
  const asked = fake.slash('help', {}, { by: fake.user() });
  await fake.waitUntil(() => asked.answer !== undefined, PATIENT);
}

const identified = ({ gateway }: FakeDiscord) => gateway.notesOf('identify').length;

it.each([
  ['in this process', {}],
  ['in a shard’s', { DISCORD_SHARDS: '1' }],
])('starts again with a new token when the last is taken back: %s', async (_name, given) => {
  await using scene = await openScene();
  const { fake, aws, env, start } = scene;
  await runProgram([], { env, start: 'deploy/commands.ts' });
  const reads = aws.calls.length;
  const program = await start({ ...env, ...given });
  await helps(fake);
  // a shard does not ask AWS itself
  expect(aws.calls.length - reads).toBe(1);
  const last = fake.token;
  const next = fake.replaceToken();
  aws.keep({ DISCORD_TOKEN: next });
  const isConnected = () => fake.gateway.sessions.some((session) => session.isConnected);
  await fake.waitUntil(() => identified(fake) === 2 && isConnected(), PATIENT);
  await helps(fake);
  expect(program.child.exitCode).toBeNull();
  expect(identified(fake)).toBe(2);
  const health = await fetch(`http://127.0.0.1:${program.port}/healthz`);
  expect(health.status).toBe(200);
  expect(await program.stop('SIGTERM')).toBe(0);
  expect(program.lines.filter((line) => line.includes(next) || line.includes(last))).toEqual([]);
  expect(program.lines.filter((line) => line.includes('"level":"error"'))).toEqual([
    expect.stringContaining('the gateway has closed'),
  ]);
  expect(fake.violations).toEqual([]);
});

it('registers the commands with a token that is in the secret alone', async () => {
  await using scene = await openScene();
  const { fake, aws, env } = scene;
  const { code, stderr } = await runProgram([], { env, start: 'deploy/commands.ts' });
  expect([code, stderr, fake.commands().length > 0]).toEqual([0, '', true]);
  aws.secret = undefined;
  const without = await runProgram([], { env, start: 'deploy/commands.ts' });
  expect([without.code, without.stderr]).toEqual([
    2,
    expect.stringMatching(/^Nothing to connect to.*no secret of this name.*DISCORD_TOKEN/),
  ]);
});
