import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Installs what package-lock.json says for a Linux with glibc, whatever this machine is. No script of a package runs. */
export async function installPackages(folder: string, cpu: string): Promise<void> {
  const platform = ['--os=linux', `--cpu=${cpu}`, '--libc=glibc'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['ci', '--omit=dev', '--ignore-scripts', ...platform, ...quiet], { cwd: folder });
}
