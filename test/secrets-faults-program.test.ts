import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SecretFault } from './support/aws/fake-secrets-manager.ts';
import { LocalServer } from './support/local-server/local-server.ts';
import { runProgram } from './support/run-program.ts';
import { openSecretsScene, told } from './support/secrets-scene.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };

type FaultCase = readonly [string, SecretFault, RegExp];

const HANGS: readonly FaultCase[] = [
  ['AWS never answers', { kind: 'stall' }, /no answer from AWS within/],
  ['AWS never ends its answer', { kind: 'stall-body' }, /no answer from AWS within/],
];
const REFUSALS: readonly FaultCase[] = [
  ['it is not allowed', { kind: 'refuse', code: 'AccessDeniedException' }, /AccessDeniedException/],
  ['AWS hangs up', { kind: 'drop' }, /ECONNRESET/],
  ['a proxy answers', { kind: 'answer', status: 200, body: '<html>planted</html>' }, /AWS/],
];

describe('without the secret', () => {
  it.each([...HANGS, ...REFUSALS.slice(0, 1)])(
    'it starts with what it has when %s',
    async (_name, fault, reason) => {
      const { aws, telegram, start, helps, expectNoSecret } = await openSecretsScene();
      aws.fail({ ...fault, ...ALWAYS });
      const program = await start({ TELEGRAM_TOKEN: telegram.token });
      await helps();
      expect(told(program, 'the secret cannot be read; the program starts without it')).toMatchObject([
        { level: 'warn', secret: 'vibe/settings', reason: expect.stringMatching(reason) },
      ]);
      expect(await program.stop('SIGTERM')).toBe(0);
      expectNoSecret(program.lines.join('\n'));
    },
  );

  it.each([...HANGS.slice(0, 1), ...REFUSALS])(
    'and a token it ends with one line that says why, when %s',
    async (_name, fault, reason) => {
      const { aws, settings, expectNoSecret } = await openSecretsScene();
      aws.fail({ ...fault, ...ALWAYS });
      const { code, stdout, stderr } = await runProgram(['serve'], { env: settings });
      expect({ code, stdout, lines: stderr.trimEnd().split('\n') }).toEqual({
        code: 2,
        stdout: '',
        lines: [expect.stringMatching(reason)],
      });
      expect(stderr).toMatch(/^Nothing to connect to.*vibe\/settings.*TELEGRAM_TOKEN or DISCORD_TOKEN/);
      expectNoSecret(stderr);
    },
  );

  it.each([
    ['there is none', undefined, /no secret of this name/],
    ['it is no JSON', '{"TELEGRAM_TOKEN": planted', /not JSON/],
    ['it is no object', '["planted"]', /not a JSON object/],
    ['it is binary', Buffer.from('planted'), /binary/],
  ])('and a token it ends with one line that says why, when %s', async (_name, secret, reason) => {
    const { aws, settings, expectNoSecret } = await openSecretsScene();
    aws.secret = secret;
    const { code, stderr } = await runProgram(['serve'], { env: settings });
    expect([code, stderr]).toEqual([2, expect.stringMatching(reason)]);
    expectNoSecret(stderr);
  });

  it('it does not wait for who never gives credentials, and is not kept by it', async () => {
    const { settings } = await openSecretsScene();
    // asks for them, and gets no answer as long as the program runs
    const hanging = new LocalServer(async () => {});
    await hanging.listen();
    const folder = await mkdtemp(join(tmpdir(), 'vibe-aws-'));
    const config = join(folder, 'config');
    const ask = `${process.execPath} -e "fetch('${hanging.origin}').catch(() => {})"`;
    await writeFile(config, `[default]\ncredential_process = ${ask}\n`);
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = settings;
    const ended = await runProgram(['serve'], { env: { ...env, AWS_CONFIG_FILE: config } });
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(/no answer from AWS/)]);
    await hanging.close();
    await rm(folder, { recursive: true });
  });

  it('it says, where the secret is there but has no token, what to do', async () => {
    const { aws, settings } = await openSecretsScene();
    aws.keep({ TELEGRAM_TOKEN: '' });
    const { code, stderr } = await runProgram(['serve'], { env: settings });
    expect([code, stderr]).toEqual([
      2,
      'Nothing to connect to: set TELEGRAM_TOKEN or DISCORD_TOKEN in .env or in the environment.\n',
    ]);
  });
});

describe('npm run vibe with a secret', () => {
  const vibe = ['vibe', '--json', 'test/fixtures/photos/cat.jpg'];

  it('says nothing of it', async () => {
    const { aws, settings } = await openSecretsScene();
    aws.keep({ OPENAI_API_KEY: 'sk-planted-0123456789abcdef', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' });
    const { code, stderr } = await runProgram(vibe, { env: settings });
    expect([code, stderr]).toEqual([0, '']);
    expect(aws.calls).toHaveLength(1);
  });

  it('says in a line that it cannot be read, and reads the photo', async () => {
    const { aws, settings } = await openSecretsScene();
    aws.fail({ kind: 'stall', ...ALWAYS });
    const { code, stdout, stderr } = await runProgram(vibe, { env: settings });
    expect([code, stderr]).toEqual([
      0,
      'I go on without the secret “vibe/settings”: I can’t read it (no answer from AWS within 2500 ms).\n',
    ]);
    expect(stdout).toContain('genre');
  });
});
