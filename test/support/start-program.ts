import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { REPOSITORY } from './run-program.ts';

/** The program, serving; its log is kept line by line. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** All that it printed, of both streams. */
  readonly lines: string[];
  /** The port that it listens on. */
  readonly port: number;
  /** Resolves with the first line that says so, printed or to come. */
  printed(text: string): Promise<string>;
  /** Resolves with the exit code, null when a signal ended it, once all is printed. */
  readonly ended: Promise<number | null>;
  /** Sends the signal and resolves with the exit code, null when the signal ended it. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `serve` with these settings and nothing of whoever runs the tests; resolves once it listens, rejects when it ends before. */
export async function startProgram(env: Readonly<Record<string, string>>): Promise<RunningProgram> {
  const { PATH = '' } = process.env;
  const argv = ['--import', './src/prelude.js', 'src/main.ts', 'serve'];
  const child = spawn(process.execPath, argv, { cwd: REPOSITORY, env: { PATH, PORT: '0', ...env } });
  const lines: string[] = [];
  const readers = new Set<() => void>();
  const { promise: port, resolve, reject } = Promise.withResolvers<number>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (line.includes('"message":"listening"')) resolve(JSON.parse(line).port);
      for (const read of readers) read();
    });
  }
  const exited = once(child, 'exit');
  exited.then(([code]) => reject(new Error(`ended with ${code} before it listened:\n${lines.join('\n')}`)));
  return {
    child,
    lines,
    port: await port,
    ended: once(child, 'close').then(([code]) => code),
    printed(text) {
      const found = Promise.withResolvers<string>();
      const read = () => {
        const line = lines.find((one) => one.includes(text));
        if (line !== undefined) found.resolve(line);
      };
      readers.add(read);
      read();
      return found.promise;
    },
    async stop(signal) {
      child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}
