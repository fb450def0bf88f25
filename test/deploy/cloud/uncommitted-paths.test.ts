import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { uncommittedPaths } from '../../../deploy/cloud/uncommitted-paths.ts';

/** A repository with all of these committed. */
async function openRepository(paths: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vibe-checkout-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'deploy/cloud'), { recursive: true });
  for (const path of paths) await writeFile(join(folder, path), path);
  const git = (...argv: string[]) => execFileSync('git', argv, { cwd: folder });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--message', 'All');
  return folder;
}

it('names what is changed, new, gone or called otherwise, and nothing that is ignored', async () => {
  const folder = await openRepository(['.gitignore', 'kept', 'changed', 'gone', 'old name']);
  await writeFile(join(folder, '.gitignore'), 'ignored');
  await writeFile(join(folder, 'changed'), 'otherwise');
  await writeFile(join(folder, 'ignored'), 'anything');
  await writeFile(join(folder, 'neü'), 'new');
  await rm(join(folder, 'gone'));
  await rename(join(folder, 'old name'), join(folder, 'new name'));
  execFileSync('git', ['add', 'old name', 'new name'], { cwd: folder });
  const paths = await uncommittedPaths(folder);
  expect([...paths].sort()).toEqual(['.gitignore', 'changed', 'gone', 'neü', 'new name', 'old name'].sort());
});

it('finds nothing where there is nothing, nor in what this machine alone may know', async () => {
  const folder = await openRepository(['kept']);
  await writeFile(join(folder, 'deploy/cloud/context.json'), '{}');
  expect(await uncommittedPaths(folder)).toEqual([]);
});
