import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Where a checkout, this one when left out, is not as its last commit; context.json need not be in one. */
export async function uncommittedPaths(cwd = REPOSITORY): Promise<readonly string[]> {
  const argv = ['status', '--porcelain', '-z', '--no-renames', '--', '.', ':!deploy/cloud/context.json'];
  const { stdout } = await run('git', argv, { cwd });
  // each as `XY path`
  return stdout.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3)]));
}
