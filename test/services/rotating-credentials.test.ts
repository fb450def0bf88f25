import { expect, it } from 'vitest';
import { RotatingCredentials } from '../../src/services/rotating-credentials.ts';
import { SecretError } from '../../src/services/secret-source.ts';
import { isUsable } from '../../src/settings-schema.ts';
import { makeFakeTime } from '../support/fake-time.ts';
import { recordLog } from '../support/record-telemetry.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OLD = '12:planted-old';
const NEW = '12:planted-new';

/** Credentials of which the first are from the secret, unless told, and a secret that can be changed. */
function open(atStart: Record<string, string>, ofEnvironment: Record<string, string> = {}) {
  const time = makeFakeTime();
  const { log, lines } = recordLog();
  const secret = { now: atStart as Record<string, string> | Error, reads: 0, wait: Promise.resolve() };
  const origins = new Map([
    ...Object.keys(atStart).map((name) => [name, 'secret'] as const),
    ...Object.keys(ofEnvironment).map((name) => [name, 'environment'] as const),
  ]);
  const credentials = new RotatingCredentials({
    values: { ...atStart, ...ofEnvironment },
    origins,
    atStart: new Map(Object.entries(atStart)),
    source: {
      async read() {
        secret.reads += 1;
        await secret.wait;
        if (secret.now instanceof Error) throw secret.now;
        return { values: new Map(Object.entries(secret.now)), withoutText: [] };
      },
    },
    isUsable,
    log,
    ...time,
  });
  const told = () => {
    expect(JSON.stringify(lines)).not.toContain('planted');
    return lines.map(({ level, message, details }) => [level, message, details] as const);
  };
  return { credentials, secret, time, told };
}

it('has what the program starts with, without what surrounds it', () => {
  const { credentials } = open({ TELEGRAM_TOKEN: ` ${OLD}\n` }, { OPENAI_API_KEY: 'key' });
  expect(credentials.get('TELEGRAM_TOKEN')).toBe(OLD);
  expect(credentials.get('OPENAI_API_KEY')).toBe('key');
  expect(credentials.get('DISCORD_TOKEN')).toBeNull();
  expect(credentials.mayChange('TELEGRAM_TOKEN')).toBe(true);
  expect(credentials.mayChange('OPENAI_API_KEY')).toBe(false);
  expect(credentials.mayChange('DISCORD_TOKEN')).toBe(false);
});

it('is read again once for all who were refused, and those who ask late get the newer one', async () => {
  const { credentials, secret, told } = open({ TELEGRAM_TOKEN: OLD });
  const gate = Promise.withResolvers<void>();
  secret.wait = gate.promise;
  secret.now = { TELEGRAM_TOKEN: NEW };
  const refused = [1, 2, 3].map(() => credentials.refresh('TELEGRAM_TOKEN', OLD));
  gate.resolve();
  expect(await Promise.all(refused)).toEqual([true, true, true]);
  expect(credentials.get('TELEGRAM_TOKEN')).toBe(NEW);
  expect(await credentials.refresh('TELEGRAM_TOKEN', OLD)).toBe(true);
  expect(secret.reads).toBe(1);
  expect(told()).toEqual([['info', 'a setting has another value now', { setting: 'TELEGRAM_TOKEN' }]]);
});

it('is read again at most once a minute', async () => {
  const { credentials, secret, time } = open({ OPENAI_API_KEY: 'planted-a' });
  expect(await credentials.refresh('OPENAI_API_KEY', 'planted-a')).toBe(false);
  secret.now = { OPENAI_API_KEY: 'planted-b' };
  await time.advance(MINUTE_MS - 1);
  expect(await credentials.refresh('OPENAI_API_KEY', 'planted-a')).toBe(false);
  expect(secret.reads).toBe(1);
  await time.advance(1);
  expect(await credentials.refresh('OPENAI_API_KEY', 'planted-a')).toBe(true);
  expect(secret.reads).toBe(2);
});

it('is read every hour until it is closed, and tells who listens', async () => {
  const { credentials, secret, time } = open({ TELEGRAM_TOKEN: OLD, DISCORD_TOKEN: 'a.b.c' });
  const heard: (string | null)[] = [];
  const forget = credentials.onChange('TELEGRAM_TOKEN', () => heard.push(credentials.get('TELEGRAM_TOKEN')));
  credentials.start();
  await time.advance(HOUR_MS);
  expect([secret.reads, heard]).toEqual([1, []]);
  secret.now = { TELEGRAM_TOKEN: NEW, DISCORD_TOKEN: 'a.b.c' };
  await time.advance(HOUR_MS);
  expect(heard).toEqual([NEW]);
  forget();
  secret.now = { TELEGRAM_TOKEN: OLD, DISCORD_TOKEN: 'a.b.d' };
  await time.advance(HOUR_MS);
  expect([secret.reads, heard, credentials.get('DISCORD_TOKEN')]).toEqual([3, [NEW], 'a.b.d']);
  credentials.close();
  await time.advance(3 * HOUR_MS);
  expect(secret.reads).toBe(3);
});

it('stays as it is when the secret cannot be read, and goes on trying', async () => {
  const { credentials, secret, time, told } = open({ TELEGRAM_TOKEN: OLD });
  credentials.start();
  secret.now = new SecretError('no answer');
  await time.advance(HOUR_MS);
  secret.now = new TypeError('planted-in-an-error');
  await time.advance(HOUR_MS);
  expect(credentials.get('TELEGRAM_TOKEN')).toBe(OLD);
  const message = 'the secret cannot be read again; the values it had stay in use';
  expect(told()).toEqual([
    ['warn', message, { reason: 'no answer' }],
    ['warn', message, { reason: 'unknown' }],
  ]);
  secret.now = { TELEGRAM_TOKEN: NEW };
  await time.advance(HOUR_MS);
  expect(credentials.get('TELEGRAM_TOKEN')).toBe(NEW);
});

it('is only reported where the value comes from the environment', async () => {
  const { credentials, secret, time, told } = open({}, { OPENAI_API_KEY: 'planted-own' });
  expect(await credentials.refresh('OPENAI_API_KEY', 'planted-own')).toBe(false);
  expect(await credentials.refresh('OPENAI_API_KEY', 'planted-own')).toBe(false);
  expect(secret.reads).toBe(0);
  const details = { setting: 'OPENAI_API_KEY', origin: 'environment' };
  const refused = 'a setting’s value was refused, and does not change while the program runs';
  expect(told()).toEqual([['warn', refused, details]]);

  credentials.start();
  secret.now = { OPENAI_API_KEY: 'planted-new' };
  await time.advance(2 * HOUR_MS);
  expect(credentials.get('OPENAI_API_KEY')).toBe('planted-own');
  const unused = 'the secret has changed, but this setting is taken from elsewhere';
  expect(told()).toEqual([
    ['warn', refused, details],
    ['info', unused, details],
  ]);
});

it('keeps the last value when the setting vanishes, or its new one cannot be used', async () => {
  const { credentials, secret, time, told } = open({ TELEGRAM_TOKEN: OLD, DISCORD_TOKEN: 'a.b.c' });
  let changes = 0;
  credentials.onChange('TELEGRAM_TOKEN', () => changes++);
  credentials.start();
  secret.now = { TELEGRAM_TOKEN: 'planted and no token', DISCORD_TOKEN: ' ' };
  await time.advance(HOUR_MS);
  secret.now = { TELEGRAM_TOKEN: `${OLD} `, DISCORD_TOKEN: 'a.b.c' };
  await time.advance(HOUR_MS);
  expect(credentials.get('TELEGRAM_TOKEN')).toBe(OLD);
  expect(credentials.get('DISCORD_TOKEN')).toBe('a.b.c');
  expect(changes).toBe(0);
  expect(told().map(([level, message, details]) => [level, message.slice(0, 42), details])).toEqual([
    ['warn', 'a setting is no longer in the secret; its ', { setting: 'DISCORD_TOKEN' }],
    ['error', 'a setting’s new value in the secret cannot', { setting: 'TELEGRAM_TOKEN' }],
  ]);
});

it('says that a platform whose token is new starts the next time, and uses a new key at once', async () => {
  const { credentials, secret, time, told } = open({});
  credentials.start();
  secret.now = { TELEGRAM_TOKEN: NEW, YOUTUBE_API_KEY: 'planted', LOG_LEVEL: 'debug' };
  await time.advance(HOUR_MS);
  expect(credentials.get('YOUTUBE_API_KEY')).toBe('planted');
  expect(credentials.mayChange('YOUTUBE_API_KEY')).toBe(true);
  expect(told()).toEqual([
    [
      'warn',
      'a token is new in the secret; its platform is off until the next start',
      { setting: 'TELEGRAM_TOKEN' },
    ],
    ['info', 'a setting has another value now', { setting: 'YOUTUBE_API_KEY' }],
    [
      'info',
      'these settings have changed in the secret; that has effect from the next start on',
      { settings: ['LOG_LEVEL'] },
    ],
  ]);
});
