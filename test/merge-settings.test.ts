import { expect, it } from 'vitest';
import { mergeSettings, sortSecret } from '../src/merge-settings.ts';

it('takes each setting from the environment, else from .env, else from the secret, and an empty one is none', () => {
  const { values, origins } = mergeSettings({
    environment: { PORT: '1', HOST: '', LOG_LEVEL: ' ', PATH: '/bin', INIT_CWD: '/a' },
    '.env': { PORT: '2', HOST: 'two', STATE_DIR: '', INIT_CWD: '/b', NOTIFY_SOCKET: '/c' },
    secret: { PORT: '3', HOST: 'three', LOG_LEVEL: 'debug', STATE_DIR: 'three', DISCORD_TOKEN: '' },
  });
  expect(values).toEqual({ PORT: '1', HOST: 'two', LOG_LEVEL: 'debug', STATE_DIR: 'three', INIT_CWD: '/a' });
  expect([...origins].toSorted()).toEqual([
    ['HOST', '.env'],
    ['LOG_LEVEL', 'secret'],
    ['PORT', 'environment'],
    ['STATE_DIR', 'secret'],
  ]);
});

it('uses of the secret what is a setting and may stand there, and hides all the rest', () => {
  const sorted = sortSecret(
    new Map([
      ['TELEGRAM_TOKEN', ' 12:a '],
      ['LOG_LEVEL', 'debug'],
      ['SECRETS_PREFIX', 'other'],
      ['AWS_SECRET_ACCESS_KEY', 'aws'],
      ['npm_lifecycle_event', 'vibe'],
      ['INIT_CWD', '/'],
      ['telegram_token', 'small'],
      ['__proto__', 'p'],
    ]),
  );
  expect([...sorted.settings.keys()]).toEqual(['TELEGRAM_TOKEN', 'LOG_LEVEL']);
  expect(sorted.unused).toEqual([
    'SECRETS_PREFIX',
    'AWS_SECRET_ACCESS_KEY',
    'npm_lifecycle_event',
    'INIT_CWD',
    'telegram_token',
    '__proto__',
  ]);
  for (const value of ['12:a', 'aws', 'small', 'p']) expect(sorted.hidden).toContain(value);
  expect(sorted.hidden).not.toContain('debug');
});
