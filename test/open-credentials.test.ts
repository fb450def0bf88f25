import { expect, it } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { mergeSettings, sortSecret } from '../src/merge-settings.ts';
import { openCredentials } from '../src/open-credentials.ts';
import { makeFakeTime } from './support/fake-time.ts';
import { recordLog } from './support/record-telemetry.ts';

it('tells the log what to hide before anything is said of it, of the start and of each reading', async () => {
  const first = new Map([
    ['TELEGRAM_TOKEN', '12:first'],
    ['YOUTUBE_API_KEY', 'key-behind-the-environment'],
    ['OTHER', 'other-first'],
    ['LOG_LEVEL', 'debug'],
  ]);
  const second = new Map([...first, ['TELEGRAM_TOKEN', ' 12:second '], ['OTHER', 'other-second']]);
  const source = { read: async () => ({ values: second, withoutText: [] }) };
  const sorted = sortSecret(first);
  const merged = mergeSettings({
    environment: { YOUTUBE_API_KEY: 'key-of-environment', INIT_CWD: '/somewhere' },
    '.env': { SIGNING_SECRET: ' signing-secret-of-file ', HOST: '127.0.0.1' },
    secret: Object.fromEntries(sorted.settings),
  });
  const secret = { ...sorted, name: 'n', source, withoutText: [], failure: null };
  const { log, lines } = recordLog();
  const learned: { readonly secret: string; readonly before: number }[] = [];
  const credentials = openCredentials(
    { ...merged, config: parseConfig(merged.values), secret },
    {
      learn: (secrets) => void learned.push(...secrets.map((one) => ({ secret: one, before: lines.length }))),
      log,
      ...makeFakeTime(),
    },
  );
  const known = () => learned.map((one) => one.secret);
  for (const one of [...first].filter(([name]) => name !== 'LOG_LEVEL')) expect(known()).toContain(one[1]);
  expect(known()).toEqual(expect.arrayContaining(['key-of-environment', 'signing-secret-of-file']));
  for (const one of ['debug', '/somewhere', '127.0.0.1']) expect(known()).not.toContain(one);

  expect(await credentials.refresh('TELEGRAM_TOKEN', '12:first')).toBe(true);
  expect(learned).toEqual(
    expect.arrayContaining([
      { secret: '12:second', before: 0 },
      { secret: 'other-second', before: 0 },
    ]),
  );
  expect(lines.map(({ details }) => details)).toEqual([{ setting: 'TELEGRAM_TOKEN' }]);
});
