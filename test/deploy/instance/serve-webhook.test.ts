import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY } from '../../support/run-program.ts';
import { openInstance, START } from './open-instance.ts';

const RENEW = `${REPOSITORY}deploy/instance/renew-certificate.sh`;
const WEB = { DOMAIN: 'bot.example.org', EMAIL: 'you@example.org' };

it('serves the path of TELEGRAM_WEBHOOK_URL under that name, with a stand-in until there is a certificate', async () => {
  const { install, read, calls } = await openInstance();
  expect(await install(WEB)).toMatchObject({ code: 0 });
  const config = await read('etc/nginx/nginx.conf');
  expect(config).toContain('location = /tg/hook {');
  expect(config).toContain('server_name bot.example.org;');
  expect(config).not.toMatch(/DOMAIN|PATH/);
  expect(await read('etc/nginx/tls/fullchain.pem')).toBe('');
  expect(await read('etc/vibe/certificate.env')).toBe('DOMAIN=bot.example.org\nEMAIL=you@example.org\n');
  const all = await calls();
  expect(all[0]).toContain(' nginx certbot openssl');
  expect(all).toContain('systemctl enable nginx.service vibe-certificate.timer');
  expect(all).toContain('systemctl restart nginx.service');
});

it.each(['https://other.example.org/hook', 'https://bot.example.org/a;b', 'https://bot.example.org'])(
  'does not serve %s, and has started the bot all the same, for there may be Discord',
  async (url) => {
    const { install, count } = await openInstance();
    const ended = await install({ ...WEB, SETTINGS: `TELEGRAM_WEBHOOK_URL=${url}` });
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining('vibe: TELEGRAM_WEBHOOK_URL')]);
    expect(ended.stderr).toContain('vibe: the webhook is not served');
    expect([await count('systemctl restart nginx'), await count(START)]).toEqual([0, 1]);
  },
);

it.each([
  ['you@example.org', '--email you@example.org --no-eff-email'],
  ['', '--register-unsafely-without-email'],
])('gets its certificate and has it used (e-mail: %j)', async (EMAIL, account) => {
  const live = 'mkdir -p "$ROOT/var/lib/vibe/letsencrypt/live/$DOMAIN"; cd $_; echo new >fullchain.pem';
  const { install, run, calls, read, root } = await openInstance({ commands: { certbot: live } });
  await install({ ...WEB, EMAIL });
  expect(await run(RENEW, { ...WEB, EMAIL })).toMatchObject({ code: 0 });
  expect(await read('etc/nginx/tls/fullchain.pem')).toBe('new\n');
  const [certbot = '', reload] = (await calls()).slice(-2);
  expect(certbot).toContain(
    `certbot certonly --non-interactive --agree-tos ${account} --keep-until-expiring`,
  );
  expect(certbot).toContain(`--config-dir ${root}/var/lib/vibe/letsencrypt`);
  expect(reload).toBe('systemctl reload-or-restart nginx.service');
});

it('uses the certificate that is on the volume while a newer one cannot be had', async () => {
  const { install, run, calls, read, root } = await openInstance({ commands: { certbot: 'exit 1' } });
  await install(WEB);
  const live = join(root, 'var/lib/vibe/letsencrypt/live', WEB.DOMAIN);
  await mkdir(live, { recursive: true });
  await writeFile(join(live, 'fullchain.pem'), 'old');
  expect(await run(RENEW, WEB)).toMatchObject({ code: 1 });
  expect(await read('etc/nginx/tls/fullchain.pem')).toBe('old');
  expect((await calls()).slice(-2)).toEqual([
    'systemctl reload-or-restart nginx.service',
    expect.stringContaining('certbot'),
  ]);
});

it('has NGINX wait for the volume with its certificate, and start again', async () => {
  const { install, read } = await openInstance();
  await install(WEB);
  expect(await read('etc/systemd/system/nginx.service.d/vibe.conf')).toBe(
    '[Unit]\nRequiresMountsFor=/var/lib/vibe\n[Service]\nRestart=on-failure\nRestartSec=5\n',
  );
});

it('does not ask for a new stand-in when there is a certificate', async () => {
  const { install, count } = await openInstance();
  await install(WEB);
  await install(WEB);
  expect(await count('openssl')).toBe(1);
});
