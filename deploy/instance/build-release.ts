import { execFile } from 'node:child_process';
import { glob, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPackages } from './install-packages.ts';
import { packFolder } from './pack-folder.ts';
import { RELEASED_PATHS, unneeded } from './release-contents.ts';

export interface Release {
  readonly file: string;
  /** The file's name: `vibe-<SHA-256 of its bytes>.tar.gz`. */
  readonly name: string;
}

export interface ReleaseOptions {
  /** The git repository; this one when left out. */
  readonly repository?: string;
  /** As npm names it; arm64 when left out. */
  readonly cpu?: string;
  /** Fills a folder's node_modules. */
  readonly install?: (folder: string, cpu: string) => Promise<void>;
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Makes what an instance runs of the last commit, into the folder, which is made where there is none. */
export async function buildRelease(folder: string, options: ReleaseOptions = {}): Promise<Release> {
  const { repository = REPOSITORY, cpu = 'arm64', install = installPackages } = options;
  const work = await mkdtemp(join(tmpdir(), 'vibe-release-'));
  try {
    const staging = join(work, 'staging');
    await checkOut(repository, staging);
    await install(staging, cpu);
    for await (const path of glob([...unneeded(cpu)], { cwd: staging })) {
      await rm(join(staging, path), { recursive: true, force: true });
    }
    await mkdir(folder, { recursive: true });
    const packed = join(folder, '.packing');
    const name = `vibe-${await packFolder(staging, packed)}.tar.gz`;
    await rename(packed, join(folder, name));
    return { file: join(folder, name), name };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What is committed, and nothing else of the working tree: no .env, no state. */
async function checkOut(repository: string, staging: string): Promise<void> {
  const archive = `${staging}.tar`;
  await run('git', ['archive', '--output', archive, 'HEAD', '--', ...RELEASED_PATHS], { cwd: repository });
  await mkdir(staging);
  await run('tar', ['--extract', '--file', archive, '--directory', staging]);
}
