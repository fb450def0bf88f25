import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type AddressInfo, createServer as createListener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { REPOSITORY } from '../../support/run-program.ts';

export const DOMAIN = 'bot.example.org';
export const WEBHOOK = '/tg/hook';
export const HAS_NGINX = ['nginx', 'openssl'].every((name) => spawnSync(name, ['-v']).error === undefined);

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The name that the client asks for. */
  readonly name?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** NGINX with our configuration on free ports, and a server behind it that keeps what it is passed. */
export async function startNginx(change: (config: string) => string = (config) => config) {
  const folder = await mkdtemp(join(tmpdir(), 'vibe-nginx-'));
  const passed: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const bot = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    passed.push({ method, url, headers, body: `${await buffer(request)}` });
    response.end('{}');
  });
  await once(bot.listen(0, '127.0.0.1'), 'listening');
  const [http, https] = await Promise.all([freePort(), freePort()]);
  const botPort = (bot.address() as AddressInfo).port;
  await writeFile(join(folder, 'nginx.conf'), change(await configIn(folder, { http, https, botPort })));
  await makeCertificate(folder);
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'], {
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await ended;
    bot.close();
    await rm(folder, { recursive: true });
  });
  await answering(http, child);
  const ca = await readFile(join(folder, 'tls/fullchain.pem'));
  return {
    folder,
    passed,
    ask: (path: string, { name = DOMAIN, ...asking }: Asking = {}) =>
      send(requestHttps, { port: https, path, ca, servername: name, ...asking }),
    askPlainly: (path: string, asking: Asking = {}) => send(requestHttp, { port: http, path, ...asking }),
  };
}

/** As it is installed, but for what only an instance has: ports, folders, a user, Telegram's addresses. */
async function configIn(folder: string, ports: { http: number; https: number; botPort: number }) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n');
  return (await readFile(`${REPOSITORY}deploy/instance/nginx.conf`, 'utf8'))
    .replaceAll('DOMAIN', DOMAIN)
    .replace('= PATH ', `= ${WEBHOOK} `)
    .replace('user nginx;', process.getuid?.() === 0 ? 'user root;' : '')
    .replaceAll(/\/(run|var\/log\/nginx)\//g, `${folder}/`)
    .replaceAll('/etc/nginx/', `${folder}/`)
    .replaceAll('/var/lib/', `${folder}/`)
    .replace('listen 80 ', `listen 127.0.0.1:${ports.http} `)
    .replaceAll('listen 443 ', `listen 127.0.0.1:${ports.https} `)
    .replace('127.0.0.1:8080', `127.0.0.1:${ports.botPort}`)
    .replace('allow 149.154.160.0/20;', 'allow 149.154.160.0/20; allow 127.0.0.1;')
    .replace('access_log off;', `access_log off;\n${paths}`);
}

async function makeCertificate(folder: string): Promise<void> {
  const tls = join(folder, 'tls');
  await mkdir(tls);
  const key = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const name = ['-subj', `/CN=${DOMAIN}`, '-addext', `subjectAltName=DNS:${DOMAIN}`];
  const files = ['-keyout', join(tls, 'privkey.pem'), '-out', join(tls, 'fullchain.pem')];
  execFileSync('openssl', ['req', ...key, ...name, ...files], { stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const listener = createListener();
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await send(requestHttp, { port, path: '/' }).catch(() => null);
    if (answer) return;
  }
  throw new Error(`nginx has ended with ${child.exitCode}`);
}

async function send(
  request: typeof requestHttp | typeof requestHttps,
  { body, ...options }: Asking & { port: number; path: string; ca?: Buffer; servername?: string },
): Promise<Answered> {
  const headers = { host: options.servername ?? DOMAIN, ...options.headers };
  const asked = request({ host: '127.0.0.1', agent: false, ...options, headers });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: `${await buffer(response)}` };
}
