import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parseContext, readContext } from '../../../deploy/cloud/read-context.ts';

const DOMAIN = { domain: 'bot.example.org', hostedZoneId: 'Z0AB', hostedZoneName: 'example.org' };

it('has a usual value for everything', () => {
  expect(parseContext({}, 'x')).toEqual({
    region: 'eu-central-1',
    zone: 1,
    snapshot: null,
    volume: null,
    domain: null,
    alarmEmail: null,
    monthlyBudgetUsd: 30,
    reservedConcurrency: null,
  });
});

it('takes what is given', () => {
  const given = {
    region: 'us-gov-west-1',
    zone: 2,
    snapshot: 'snap-0123456789abcdef0',
    volume: null,
    alarmEmail: 'ann@example.org',
    monthlyBudgetUsd: 12.5,
    reservedConcurrency: 3,
  };
  const domain = { name: 'bot.example.org', hostedZoneId: 'Z0AB', hostedZoneName: 'example.org' };
  expect(parseContext({ ...given, ...DOMAIN }, 'x')).toEqual({ ...given, domain });
  const apex = parseContext({ ...DOMAIN, domain: 'example.org' }, 'x');
  expect(apex.domain?.name).toBe('example.org');
  const adopting = parseContext({ zone: 2, volume: 'vol-0123456789abcdef0' }, 'x');
  expect(adopting).toMatchObject({ zone: 2, snapshot: null, volume: 'vol-0123456789abcdef0' });
  expect(parseContext({ zone: 2 }, 'x')).toMatchObject({ zone: 2, snapshot: null, volume: null });
});

it('names what cannot be used, and nothing that was given', () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ region: 'Frankfurt' }, 'region'],
    [{ zone: 3 }, 'zone'],
    [{ snapshot: 'latest' }, 'snapshot'],
    [{ volume: 'snap-0123456789abcdef0' }, 'volume'],
    [{ snapshot: 'snap-0123456789abcdef0', volume: 'vol-0123456789abcdef0' }, 'volume'],
    [{ ...DOMAIN, domain: 'https://bot.example.org' }, 'domain'],
    [{ ...DOMAIN, domain: 'bot.example.com' }, 'domain'],
    [{ ...DOMAIN, domain: 'notexample.org' }, 'domain'],
    [{ ...DOMAIN, domain: "a'b.example.org" }, 'domain'],
    [{ domain: 'bot.example.org' }, 'hostedZoneId, hostedZoneName'],
    [{ hostedZoneId: 'Z0AB' }, 'hostedZoneId'],
    [{ alarmEmail: 'ann' }, 'alarmEmail'],
    [{ monthlyBudgetUsd: 0 }, 'monthlyBudgetUsd'],
    [{ reservedConcurrency: 0.5 }, 'reservedConcurrency'],
    [{ telegramToken: '1:a', zone: 1 }, 'telegramToken'],
  ];
  for (const [given, names] of wrong) {
    expect(() => parseContext(given, 'my.json')).toThrow(
      expect.objectContaining({ message: `my.json: unusable values: ${names}`, exitCode: 2 }),
    );
  }
});

it('reads a file, or says in a line why it cannot', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vibe-context-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'context.json');
  const failure = (message: string) => ({ name: 'CloudError', message, exitCode: 2 });
  await expect(readContext(file)).rejects.toMatchObject(failure(`${file} cannot be read`));
  await writeFile(file, '{"zone": 2');
  await expect(readContext(file)).rejects.toMatchObject(failure(`${file} is no JSON`));
  await writeFile(file, '{"zone": 2}');
  await expect(readContext(file)).resolves.toMatchObject({ zone: 2 });
});
