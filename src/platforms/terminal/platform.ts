import type { VibeDependencies } from '../../../commands/vibe.ts';
import { inOrder } from '../../core/in-order.ts';
import type { TrackSource } from '../../core/ports.ts';
import { presentError } from '../../core/present-error.ts';
import type { Language } from '../../core/types.ts';
import { UserError } from '../../core/user-error.ts';
import { LANGUAGES } from '../../languages/languages.ts';
import { type Arguments, parseArguments, UsageError } from './arguments.ts';
import { openFolder } from './heatmap-file.ts';
import { plainLine } from './plain-line.ts';
import { readAsJson } from './read-as-json.ts';
import { readAsText } from './read-as-text.ts';
import { renderErrorJson } from './render-json.ts';

/** What reading one file needs. */
export interface ReadFileDependencies extends VibeDependencies<string> {
  readonly trackSource: TrackSource;
}

interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Terminal {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Whether stdout may be coloured. */
  readonly colour: boolean;
}

export interface TerminalDependencies extends ReadFileDependencies {
  /** Photos read at once. */
  readonly parallel: number;
  /** Where a bug's details go. */
  reportBug(error: unknown): void;
}

const COMMAND = 'npm run vibe --';
const MAX_COLUMNS = 88;
const MIN_COLUMNS = 20;

/** Parses, or says on stderr what is wrong: null. */
export function readArguments(
  argv: readonly string[],
  fallback: Language,
  stderr: TextStream,
): Arguments | null {
  try {
    return parseArguments(argv, fallback);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${plainLine(error.message)}\n`);
    return null;
  }
}

/** Reads the photos and prints them in order; the exit code: 0 all read, 1 some failed, 2 nowhere to write. Throws the signal's reason. */
export async function runTerminal(
  args: Arguments,
  terminal: Terminal,
  dependencies: TerminalDependencies,
  signal: AbortSignal,
): Promise<number> {
  const { stdout } = terminal;
  if (args.help) {
    stdout.write(`${LANGUAGES[args.language].terminal.usage(COMMAND)}\n`);
    return 0;
  }
  try {
    await openFolder(args.out);
  } catch {
    const complaint = LANGUAGES[args.language].terminal.unusableFolder(args.out);
    terminal.stderr.write(`${plainLine(complaint)}\n`);
    return 2;
  }
  // some pseudo-terminals say 0
  const columns = Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, stdout.columns || MAX_COLUMNS));
  const style = { colour: terminal.colour, columns };
  const read = (file: string) =>
    args.json
      ? readAsJson(file, args, dependencies, signal)
      : readAsText(file, args, style, dependencies, signal);
  let printed = 0;
  let failed = 0;
  showProgress(terminal, args.files, 0);
  for await (const { item, outcome } of inOrder(args.files, dependencies.parallel, read)) {
    clearProgress(terminal, args.files);
    signal.throwIfAborted();
    if (outcome.status === 'fulfilled') {
      if (printed++ > 0 && !args.json) stdout.write('\n');
      stdout.write(outcome.value);
    } else {
      failed++;
      writeFailure(item, outcome.reason, args, terminal, dependencies);
    }
    showProgress(terminal, args.files, printed + failed);
  }
  return failed > 0 ? 1 : 0;
}

function writeFailure(
  file: string,
  error: unknown,
  { json, language }: Arguments,
  { stdout, stderr }: Terminal,
  { reportBug }: TerminalDependencies,
): void {
  if (!(error instanceof UserError)) reportBug(error);
  if (json) stdout.write(`${renderErrorJson(file, error, language)}\n`);
  else stderr.write(`${plainLine(`${file}: ${presentError(error, language)}`)}\n`);
}

/** '2/5 coffee.jpg' on a terminal's stderr, until the photo is printed. */
function showProgress({ stderr }: Terminal, files: readonly string[], done: number): void {
  if (stderr.isTTY && files.length > 1 && done < files.length) {
    const line = plainLine(`${done + 1}/${files.length} ${files[done]}`);
    stderr.write(line.slice(0, (stderr.columns || MAX_COLUMNS) - 1)); // one that wraps could not be cleared
  }
}

function clearProgress({ stderr }: Terminal, files: readonly string[]): void {
  if (stderr.isTTY && files.length > 1) stderr.write('\r\u001b[2K');
}
