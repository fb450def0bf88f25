import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Original {
  /** Reads a photo, writes its heatmap; milliseconds. */
  read(photo: string, heatmap: string): Promise<number>;
  close(): void;
}

/** bench/original.py, kept running so that its start is not counted. */
export async function startOriginal(python: string): Promise<Original> {
  const script = fileURLToPath(new URL('./original.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await answers.next();
  return {
    async read(photo, heatmap) {
      child.stdin.write(`${photo}\t${heatmap}\n`);
      const { value } = await answers.next();
      return Number(value);
    },
    close: () => child.stdin.end(),
  };
}
