import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../support/run-program.ts';
import { DOMAIN, HAS_NGINX, startNginx, WEBHOOK } from './start-nginx.ts';

const CONFIG = readFileSync(`${REPOSITORY}deploy/instance/nginx.conf`, 'utf8');
const UPDATE = { method: 'POST', body: '{"update_id":1}' };

describe('the configuration', () => {
  it('lets in the addresses that Telegram calls from, and nobody else', () => {
    const rules = [...CONFIG.matchAll(/^ *(allow|deny) (.*);$/gm)].map(([, rule, whom]) => `${rule} ${whom}`);
    expect(rules).toEqual(['allow 149.154.160.0/20', 'allow 91.108.4.0/22', 'deny all', 'deny all']);
  });

  it('passes one path on, to where the bot listens, and no more than the bot takes', () => {
    expect([...CONFIG.matchAll(/proxy_pass (.*);/g)].map(([, to]) => to)).toEqual(['http://127.0.0.1:8080']);
    expect(CONFIG).toContain('client_max_body_size 1m;');
  });
});

describe.runIf(HAS_NGINX)('NGINX', () => {
  it('passes an update on as it came', async () => {
    const { ask, passed } = await startNginx();
    const headers = { 'x-telegram-bot-api-secret-token': 'secret', 'content-type': 'application/json' };
    expect(await ask(WEBHOOK, { ...UPDATE, headers })).toMatchObject({ status: 200, body: '{}' });
    expect(passed).toMatchObject([{ method: 'POST', url: WEBHOOK, headers, body: UPDATE.body }]);
  });

  it.each(['/', '/healthz', '/metrics', `${WEBHOOK}/`, '/tg', '/tg/../healthz'])(
    'passes nothing on from %s',
    async (path) => {
      const { ask, passed } = await startNginx();
      expect((await ask(path, UPDATE)).status).toBe(404);
      expect((await ask(path)).status).toBe(404);
      expect(passed).toEqual([]);
    },
  );

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('passes no %s on', async (method) => {
    const { ask, passed } = await startNginx();
    expect((await ask(WEBHOOK, { method })).status).toBe(403);
    expect(passed).toEqual([]);
  });

  it("passes on nobody's who is not Telegram", async () => {
    const { ask, passed } = await startNginx((config) => config.replace('allow 127.0.0.1;', ''));
    expect((await ask(WEBHOOK, UPDATE)).status).toBe(403);
    expect(passed).toEqual([]);
  });

  it('passes on no more than a megabyte', async () => {
    const { ask, passed } = await startNginx();
    const body = Buffer.alloc(1024 * 1024);
    expect((await ask(WEBHOOK, { ...UPDATE, body })).status).toBe(200);
    expect((await ask(WEBHOOK, { ...UPDATE, body: Buffer.alloc(body.length + 1) })).status).toBe(413);
    expect(passed).toHaveLength(1);
  });

  it('asks whoever sends too much to send it later', async () => {
    const { ask, passed } = await startNginx((config) =>
      config.replace('rate=50r/s', 'rate=1r/m').replace('burst=200', 'burst=1'),
    );
    const answers = [await ask(WEBHOOK, UPDATE), await ask(WEBHOOK, UPDATE), await ask(WEBHOOK, UPDATE)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(passed).toHaveLength(2);
  });

  it('has no certificate for another name', async () => {
    const { ask } = await startNginx();
    await expect(ask(WEBHOOK, { ...UPDATE, name: 'other.example.org' })).rejects.toThrow(
      /unrecognized.name/i,
    );
  });

  it("answers certbot's challenge without TLS, and sends everybody else to TLS", async () => {
    const { askPlainly, folder, passed } = await startNginx();
    const challenges = join(folder, 'vibe-acme/.well-known/acme-challenge');
    await mkdir(challenges, { recursive: true });
    await writeFile(join(challenges, 'token'), 'answer');
    const challenge = await askPlainly('/.well-known/acme-challenge/token');
    expect(challenge).toMatchObject({ status: 200, body: 'answer' });
    const { status, headers } = await askPlainly(WEBHOOK, UPDATE);
    expect([status, headers.location]).toEqual([301, `https://${DOMAIN}${WEBHOOK}`]);
    expect(passed).toEqual([]);
  });

  it('does not say which version it is', async () => {
    const { ask } = await startNginx();
    const { headers, body } = await ask('/');
    expect([headers['server'], body]).toEqual(['nginx', expect.not.stringMatching(/nginx\/\d/)]);
  });
});
