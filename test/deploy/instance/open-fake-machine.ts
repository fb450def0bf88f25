import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Ended } from '../../support/run-program.ts';

/** A machine that is none: a folder in place of `/`, and commands that write down how they were called. */
export interface FakeMachine {
  readonly root: string;
  /** Each with its arguments, oldest first. */
  calls(): Promise<readonly string[]>;
  /** Runs a script in bash, with these commands before the real ones. */
  run(script: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
}

/** Each command by its name and what it does, in bash; the root is in $ROOT. */
export async function openFakeMachine(commands: Readonly<Record<string, string>>): Promise<FakeMachine> {
  const folder = await mkdtemp(join(tmpdir(), 'vibe-machine-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const root = join(folder, 'root');
  const bin = join(folder, 'bin');
  const log = join(folder, 'calls');
  await Promise.all([mkdir(root), mkdir(bin), writeFile(log, '')]);
  for (const [name, script] of Object.entries(commands)) {
    await writeFile(join(bin, name), `#!/bin/bash\necho "${name} $*" >>'${log}'\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return {
    root,
    calls: async () => (await readFile(log, 'utf8')).split('\n').filter(Boolean),
    run(script, env = {}) {
      const { promise, resolve } = Promise.withResolvers<Ended>();
      const { PATH = '' } = process.env;
      execFile(
        'bash',
        [script],
        { env: { PATH: `${bin}:${PATH}`, ROOT: root, ...env } },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
      return promise;
    },
  };
}
