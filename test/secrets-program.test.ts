import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingSchemas } from '../src/settings-schema.ts';
import { REPOSITORY, runProgram } from './support/run-program.ts';
import { openSecretsScene, told } from './support/secrets-scene.ts';

const SIGNING_SECRET = 'planted-signing-secret-0123456789';
const UNKNOWN = 'planted-password-of-another-program';

describe('settings in a secret of AWS', () => {
  it('are used behind the environment’s, and the log says where each is from, never its value', async () => {
    const { aws, telegram, start, helps, expectNoSecret } = await openSecretsScene();
    aws.keep({
      TELEGRAM_TOKEN: telegram.token,
      SIGNING_SECRET,
      LOG_LEVEL: 'debug',
      HOST: 'nowhere.invalid',
      PORT: 8080,
      DATABASE_PASSWORD: UNKNOWN,
      AWS_REGION: 'eu-west-1',
      DISCORD_TOKEN: ['planted'],
    });
    const program = await start({ HOST: '127.0.0.1', OPENAI_API_KEY: 'sk-planted-0123456789abcdef' });
    await helps();
    const [sources] = told(program, 'settings');
    expect(sources).toMatchObject({ secret: ['TELEGRAM_TOKEN', 'SIGNING_SECRET', 'LOG_LEVEL'], '.env': [] });
    expect(sources?.['environment']).toEqual(expect.arrayContaining(['HOST', 'PORT', 'OPENAI_API_KEY']));
    expect(told(program, 'the secret has keys that are not used')).toMatchObject([
      { level: 'warn', keys: ['DATABASE_PASSWORD', 'AWS_REGION'] },
    ]);
    expect(told(program, 'the secret has keys whose values are no text, number or boolean')).toMatchObject([
      { keys: ['DISCORD_TOKEN'] },
    ]);
    const off = program.lines
      .filter((line) => line.includes('"off: '))
      .map((line) => JSON.parse(line).setting);
    const archive = ['ARCHIVE_FUNCTION', 'ERASE_FUNCTION', 'STORE_TABLE'];
    expect(off).toEqual(['DISCORD_TOKEN', 'YOUTUBE_API_KEY', ...archive]);
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(aws.calls).toHaveLength(1);
    expectNoSecret(program.lines.join('\n'));
  });

  it('are found with what .env says of AWS, and come after .env', async () => {
    const { aws, telegram, settings } = await openSecretsScene();
    const folder = await mkdtemp(join(tmpdir(), 'vibe-env-'));
    const { TELEGRAM_API_ROOT, ...own } = settings;
    const lines = Object.entries({
      ...own,
      AWS_REGION: own['AWS_REGION'] ?? '',
      PORT: '',
      LOG_LEVEL: 'warn',
    });
    await writeFile(join(folder, '.env'), lines.map(([name, value]) => `${name}="${value}"`).join('\n'));
    aws.keep({ TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT, LOG_LEVEL: 'planted', PORT: 'planted' });
    // an empty value is none, so the secret's, which cannot be used, is looked at
    const env = { AWS_REGION: '', HOST: '' };
    const { code, stdout, stderr } = await runProgram(['serve'], { cwd: folder, env });
    await rm(folder, { recursive: true });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'These settings can’t be used: PORT. See .env.example.\n',
    });
  });

  it('are not looked for where none is named', async () => {
    const { aws, telegram, start, helps } = await openSecretsScene();
    await start({ SECRETS_PREFIX: '', TELEGRAM_TOKEN: telegram.token });
    await helps();
    expect(aws.calls).toEqual([]);
  });

  it('are not looked for by a name that none can have', async () => {
    const { settings } = await openSecretsScene();
    const env = { ...settings, SECRETS_PREFIX: 'my settings' };
    const { code, stderr } = await runProgram(['serve'], { env });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'These settings can’t be used: SECRETS_PREFIX. See .env.example.\n',
    });
  });
});

describe('a new Telegram token in the secret', () => {
  it('is used from the moment that the last one is refused, in the same process', async () => {
    const { aws, telegram, start, helps, expectNoSecret } = await openSecretsScene();
    const last = telegram.token;
    aws.keep({ TELEGRAM_TOKEN: last });
    const program = await start();
    const { pid } = program.child;
    await helps();
    aws.keep({ TELEGRAM_TOKEN: telegram.replaceToken(), OTHER: UNKNOWN });
    await helps();
    await program.printed('Telegram starts again with another token');
    await helps();
    expect([program.child.pid, program.child.exitCode, aws.calls.length]).toEqual([pid, null, 2]);
    expect(await program.stop('SIGTERM')).toBe(0);
    expectNoSecret(program.lines.join('\n'));
    expect(program.lines.join('\n')).not.toContain(last);
    expect(telegram.violations).toEqual([]);
  });

  it('is not used where the environment has one: the program ends with one line', async () => {
    const { aws, telegram, start, helps, expectNoSecret } = await openSecretsScene();
    aws.keep({ TELEGRAM_TOKEN: `${telegram.bot.id}:planted` });
    const program = await start({ TELEGRAM_TOKEN: telegram.token });
    await helps();
    aws.keep({ TELEGRAM_TOKEN: telegram.replaceToken() });
    telegram.sendText('/help', { from: telegram.user() });
    expect(await program.ended).toBe(2);
    expect(program.lines.filter((line) => !line.startsWith('{'))).toEqual([
      'Telegram refused the token in TELEGRAM_TOKEN. Get a new one and start again.',
    ]);
    expect(
      told(program, 'a setting’s value was refused, and does not change while the program runs'),
    ).toMatchObject([{ setting: 'TELEGRAM_TOKEN', origin: 'environment' }]);
    expect(aws.calls).toHaveLength(1);
    expectNoSecret(program.lines.join('\n'));
  });

  it('is waited for where the secret still has the one that was taken back', async () => {
    const { aws, telegram, start, helps } = await openSecretsScene();
    aws.keep({ TELEGRAM_TOKEN: telegram.token });
    const program = await start();
    await helps();
    telegram.replaceToken();
    telegram.sendText('/help', { from: telegram.user() });
    await program.printed('Telegram refuses the token; it is looked for again every minute');
    const health = await fetch(`http://127.0.0.1:${program.port}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([
      503,
      { checks: { telegram: { ok: false, detail: 'the token was refused' } } },
    ]);
    expect(await program.stop('SIGTERM')).toBe(0);
  });
});

it('has each setting in .env.example', async () => {
  const example = await readFile(join(REPOSITORY, '.env.example'), 'utf8');
  const named = [...example.matchAll(/^(\w+)=/gm)].map(([, name]) => `${name}`);
  const own = named.filter((name) => !name.startsWith('AWS_'));
  expect(own.toSorted()).toEqual(Object.keys(settingSchemas).toSorted());
});
