import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A program of the name of systemd's, which writes down what it is told; it goes with the test. */
export interface FakeSystemdNotify {
  /** With its folder first. */
  readonly path: string;
  /** What it was told, call by call, with `|` between what was told at once. */
  told(): Promise<readonly string[]>;
  /** From now on it ends with exit code 1, or never, and writes nothing down; or it takes longer for READY than for the rest. */
  break(how: 'fails' | 'hangs' | 'lags'): Promise<void>;
  mend(): Promise<void>;
}

const ENDS = {
  fails: 'exit 1',
  hangs: 'exec sleep 60',
  lags: 'case "$1" in READY=1) sleep 0.3;; esac',
} as const;

export async function makeFakeSystemdNotify(): Promise<FakeSystemdNotify> {
  const folder = await mkdtemp(join(tmpdir(), 'vibe-systemd-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [program, record] = [join(folder, 'systemd-notify'), join(folder, 'told')];
  const write = async (end: string) => {
    await writeFile(program, `#!/bin/sh\n${end}\nIFS='|'\necho "$*" >> '${record}'\n`);
    await chmod(program, 0o700);
  };
  await write('');
  return {
    path: [folder, process.env['PATH']].join(delimiter),
    async told() {
      const text = await readFile(record, 'utf8').catch(() => '');
      return text.split('\n').slice(0, -1);
    },
    break: (how) => write(ENDS[how]),
    mend: () => write(''),
  };
}
