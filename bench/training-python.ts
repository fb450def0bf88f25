import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The training environment's Python (models/training/venv.sh makes it), or null where it was never made. */
export function trainingPython(): string | null {
  const requirements = readFileSync(new URL('../models/training/requirements.txt', import.meta.url));
  const hash = createHash('sha256').update(requirements).digest('hex').slice(0, 16);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const venv = join(cache, 'music-vibe', hash);
  return existsSync(join(venv, 'ready')) ? join(venv, 'bin', 'python') : null;
}

export async function runPython(python: string, script: string, ...args: string[]): Promise<void> {
  await run(python, [fileURLToPath(new URL(script, import.meta.url)), ...args]);
}
