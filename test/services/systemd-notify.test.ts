import { expect, it, vi } from 'vitest';
import { createSystemdNotify } from '../../src/services/systemd-notify.ts';
import { makeFakeSystemdNotify } from '../support/fake-systemd-notify.ts';
import { recordLog } from '../support/record-telemetry.ts';

async function open(limitMs = 10_000) {
  const fake = await makeFakeSystemdNotify();
  vi.stubEnv('PATH', fake.path);
  const { log, lines } = recordLog();
  return { fake, lines, notify: createSystemdNotify({ log, limitMs }) };
}

const failed = (reason: string) => ({
  level: 'warn',
  message: 'systemd cannot be told',
  details: { reason },
});

it('tells what it is given, word for word, and one thing after the other', async () => {
  const { fake, lines, notify } = await open();
  await fake.break('lags');
  await Promise.all([
    notify('READY=1', 'STATUS=$(touch planted); answering'),
    notify('WATCHDOG=1'),
    notify('STOPPING=1'),
  ]);
  expect(await fake.told()).toEqual([
    'READY=1|STATUS=$(touch planted); answering',
    'WATCHDOG=1',
    'STOPPING=1',
  ]);
  expect(lines).toEqual([]);
});

it('says once that it cannot tell, and again after it could', async () => {
  const { fake, lines, notify } = await open();
  await fake.break('fails');
  await notify('READY=1');
  await notify('WATCHDOG=1');
  expect(lines).toEqual([failed('1')]);
  await fake.mend();
  await notify('WATCHDOG=1');
  await fake.break('fails');
  await notify('WATCHDOG=1');
  expect(lines).toEqual([failed('1'), failed('1')]);
  expect(await fake.told()).toEqual(['WATCHDOG=1']);
});

it('does not wait for a program that hangs', async () => {
  const { fake, lines, notify } = await open(200);
  await fake.break('hangs');
  await notify('READY=1');
  expect(lines).toEqual([failed('SIGKILL')]);
});

it('says that there is no such program', async () => {
  const { lines, notify } = await open();
  vi.stubEnv('PATH', '/nowhere');
  await notify('READY=1');
  expect(lines).toEqual([failed('ENOENT')]);
});
