import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** plain: as Grad-CAM is usually written; lean: the least that autograd can do. See original.py. */
export type Way = 'plain' | 'lean';

export interface Original {
  /** Reads a photo, writes its heatmap; milliseconds. */
  read(photo: string, heatmap: string, way: Way): Promise<number>;
  close(): void;
}

/** bench/original.py, kept running so that its start is not counted. */
export async function startOriginal(python: string): Promise<Original> {
  const script = fileURLToPath(new URL('./original.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error('bench/original.py ended; its own words are above');
    return value;
  };
  await answer(); // it is ready
  return {
    async read(photo, heatmap, way) {
      child.stdin.write(`${photo}\t${heatmap}\t${way}\n`);
      return Number(await answer());
    },
    close: () => child.stdin.end(),
  };
}
