import { EXIT_CODES } from '../../src/exit-codes.ts';
import { plainLine } from '../../src/platforms/terminal/plain-line.ts';
import { ModelError } from '../../src/services/genre-model.ts';
import { awsTrouble, type Trouble } from './aws-trouble.ts';
import { TrainingError } from './training-error.ts';

export interface Command<Options> {
  readonly usage: string;
  /** null when called wrongly. */
  read(argv: readonly string[]): Options | 'help' | null;
  /** The exit code. What it rejects with is told in one line. */
  run(options: Options): Promise<number>;
}

/** Reads the options and runs the command; the exit code. */
export async function runCommand<Options>(
  { usage, read, run }: Command<Options>,
  argv: readonly string[],
): Promise<number> {
  const options = read(argv);
  if (options === null || options === 'help') {
    (options === null ? process.stderr : process.stdout).write(`${usage}\n`);
    return options === null ? EXIT_CODES.wrongUsage : 0;
  }
  try {
    return await run(options);
  } catch (error) {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    complain(trouble.line);
    return trouble.code;
  }
}

/** null: it is a bug. */
function troubleOf(error: unknown): Trouble | null {
  if (error instanceof TrainingError) return { line: error.message, code: EXIT_CODES.failed };
  if (error instanceof ModelError)
    return { line: `the model is refused: ${error.message}`, code: EXIT_CODES.failed };
  return awsTrouble(error);
}

export function show(line: string): void {
  process.stdout.write(`${plainLine(line)}\n`);
}

export function complain(line: string): void {
  process.stderr.write(`${plainLine(line)}\n`);
}
