import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { REPOSITORY } from '../../support/run-program.ts';

const lines = readFileSync(join(REPOSITORY, 'deploy/Dockerfile'), 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const stages = lines.join('\n').split(/^(?=FROM )/m);
const last = stages.at(-1)?.split('\n') ?? [];
/** What the build copies from the checkout. */
const copied = lines
  .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
  .flatMap((line) => line.split(/\s+/).slice(1, -1));
const rules = readFileSync(join(REPOSITORY, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** As Docker decides it: the last rule that fits the path, or a folder that it is in, holds. */
function isSent(path: string): boolean {
  const parents = path.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/'));
  const rule = rules.findLast((each) => parents.some((part) => fits(part, each.replace('!', ''))));
  return rule === undefined || rule.startsWith('!');
}

/** Docker's star takes a leading dot, too. */
function fits(path: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(path);
}

function instruction(name: string): readonly string[] {
  return last.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1).trim()] : []));
}

it('copies what is there, and is sent to the build', () => {
  expect(copied.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
  expect(copied.filter((path) => !isSent(path))).toEqual([]);
});

it('sends nothing else: no settings, no state, no packages of this machine', () => {
  const other = [
    '.env',
    '.git/config',
    'var/bot.sqlite',
    'node_modules/x/index.js',
    'test/x.ts',
    'models/README.md',
  ];
  expect(other.filter(isSent)).toEqual([]);
  const top = globSync('{*,.*}', { cwd: REPOSITORY }).filter((path) => isSent(path));
  expect(top.filter((path) => !copied.includes(path))).toEqual([]);
});

it('copies what the program reads', () => {
  expect(copied).toEqual(
    expect.arrayContaining(['src', 'commands', 'models/genre.json', 'models/genre.onnx']),
  );
});

it('is run by nobody in particular, as npm start runs it, without what it was built with', () => {
  expect(instruction('USER')).toEqual(['1000:1000']);
  expect(last.findIndex((line) => line.startsWith('USER'))).toBeGreaterThan(
    last.findLastIndex((line) => /^(RUN|COPY)/.test(line)),
  );
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  const [command = '[]'] = instruction('CMD');
  expect(JSON.parse(command).join(' ').replace(' --max-semi-space-size=8', '')).toBe(scripts.start);
  expect(lines.filter((line) => line.includes('npm ci'))).toEqual([expect.stringContaining('--omit=dev')]);
});

it('stops as the program is told to, and keeps its state in a volume', () => {
  expect(instruction('STOPSIGNAL')).toEqual(['SIGTERM']);
  expect(instruction('VOLUME')).toEqual(['/state']);
  expect(instruction('ENV').join(' ')).toContain('STATE_DIR=/state');
  expect(instruction('ENV').join(' ')).toContain('ORT_DISABLE_TELEMETRY=1');
});

it('comes from a tagged image, and has no secret in its layers', () => {
  const images = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
  expect(images).toEqual(['node:24-slim', 'node:24-slim']);
  expect(lines.filter((line) => /^(ARG|ENV).*(TOKEN|SECRET|KEY)/.test(line))).toEqual([]);
});

it.each([
  [200, 0],
  [503, 1],
])('is healthy by what /healthz answers: %i gives %i', async (status, code) => {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(status).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const [, command = '[]'] = /CMD (.*)$/.exec(instruction('HEALTHCHECK').join(' ')) ?? [];
  const [program, ...argv] = JSON.parse(command);
  expect(program).toBe('node');
  const child = spawn(process.execPath, argv, { env: { PORT: `${port}` }, stdio: 'ignore' });
  expect([await once(child, 'exit'), asked]).toEqual([[code, null], ['/healthz']]);
});
