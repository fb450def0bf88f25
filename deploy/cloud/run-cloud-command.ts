import { EXIT_CODES } from '../../src/exit-codes.ts';
import { plainLine } from '../../src/platforms/terminal/plain-line.ts';
import { CloudError } from './cloud-error.ts';
import { CLOUD_USAGE, type CloudCommandOptions, readCloudOptions } from './read-cloud-options.ts';

export interface CloudCommand {
  /** As it is typed. */
  readonly name: string;
  /** What it takes beside what all of them take. */
  readonly usage: string;
  /** Rejects with CloudError for what the person can mend. */
  run(options: CloudCommandOptions): Promise<void>;
}

/** Runs it with what was typed, and gives the exit code. */
export async function runCloudCommand(
  { name, usage, run }: CloudCommand,
  argv: readonly string[],
): Promise<number> {
  const howTo = `Usage: ${[name, CLOUD_USAGE, usage].join(' ').trimEnd()}`;
  try {
    const options = await readCloudOptions(argv);
    if (!options) return complain(howTo, EXIT_CODES.wrongUsage);
    if (options.help) showLine(howTo);
    else await run(options);
    return 0;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return complain(error.message, error.exitCode);
  }
}

export function showLine(line: string): void {
  process.stdout.write(`${plainLine(line)}\n`);
}

function complain(line: string, code: number): number {
  process.stderr.write(`${plainLine(line)}\n`);
  return code;
}
