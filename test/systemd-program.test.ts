import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openArchiveScene } from './support/archive-program.ts';
import { makeFakeSystemdNotify } from './support/fake-systemd-notify.ts';

it('tells systemd that it is ready, that it is well, and that it stops; the log says what waits', async () => {
  const scene = await openArchiveScene();
  const systemd = await makeFakeSystemdNotify();
  const aside = join(scene.stateFolder, 'outbox', 'set-aside');
  await mkdir(aside, { recursive: true });
  await writeFile(join(aside, `${'a'.repeat(64)}.${'b'.repeat(32)}.json`), '{}');
  const settings = { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '600000' };
  const program = await scene.start({ ...settings, PATH: systemd.path });
  const healthy = await program.printed('"message":"healthy"');
  expect(JSON.parse(healthy)).toMatchObject({ level: 'info', outboxSetAside: 1, erasuresWaiting: 0 });
  const isFed = async () => (await systemd.told()).filter((told) => told === 'WATCHDOG=1').length > 2;
  await expect.poll(isFed, { timeout: 30_000 }).toBe(true);
  expect((await systemd.told())[0]).toBe('READY=1|STATUS=answering');
  expect(await program.stop('SIGTERM')).toBe(0);
  await expect.poll(async () => (await systemd.told()).at(-1)).toBe('STOPPING=1|STATUS=stopping');
});

it('is never ready where it cannot start, and ends', async () => {
  const scene = await openArchiveScene();
  const systemd = await makeFakeSystemdNotify();
  const settings = { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '600000' };
  const program = await scene.start({ ...settings, PATH: systemd.path, TELEGRAM_TOKEN: '123456:refused' });
  expect(await program.ended).toBe(2);
  expect(await systemd.told()).toEqual(['STOPPING=1|STATUS=stopping']);
});

it('tells nobody where systemd has not started it', async () => {
  const scene = await openArchiveScene();
  const systemd = await makeFakeSystemdNotify();
  const program = await scene.start({ WATCHDOG_USEC: '600000', PATH: systemd.path });
  await program.printed('Telegram is on');
  expect(await program.stop('SIGTERM')).toBe(0);
  expect(await systemd.told()).toEqual([]);
  expect(program.lines.join('\n')).not.toContain('"message":"healthy"');
});
