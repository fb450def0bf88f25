import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs src/main.ts, or another start, as `npm run` does, without the settings of whoever runs the tests. */
export function runProgram(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Record<string, string>;
    /** Another copy of the program; ends in a slash, or is empty when the program is where it runs, as npm has it. */
    readonly root?: string;
    readonly start?: string;
  } = {},
): Promise<Ended> {
  const { PATH = '' } = process.env;
  const { root = REPOSITORY, start = 'src/main.ts' } = options;
  const argv = ['--import', `${root || './'}src/prelude.js`, `${root}${start}`, ...args];
  const { promise, resolve } = Promise.withResolvers<Ended>();
  execFile(
    process.execPath,
    argv,
    { cwd: options.cwd ?? REPOSITORY, env: { PATH, ...options.env }, maxBuffer: 1e8 },
    (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
  );
  return promise;
}
