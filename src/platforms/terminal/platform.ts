import { vibe, type VibeDependencies } from '../../../commands/vibe.ts';
import type { Card } from '../../core/card.ts';
import { presentError } from '../../core/present-error.ts';
import { readPhoto } from '../../core/read-photo.ts';
import type { Language, Reading } from '../../core/types.ts';
import { UserError } from '../../core/user-error.ts';
import { LANGUAGES } from '../../languages/languages.ts';
import { type Arguments, parseArguments, UsageError } from './arguments.ts';
import { writeHeatmap } from './heatmap-file.ts';
import { inOrder } from './in-order.ts';
import { renderCard } from './render.ts';
import { renderErrorJson, renderReadingJson } from './render-json.ts';

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

export interface TerminalDependencies extends VibeDependencies<string> {
  /** Photos read at once. */
  readonly parallel: number;
  /** Where a bug's details go. */
  reportBug(error: unknown): void;
}

const COMMAND = 'npm run vibe --';
const MAX_COLUMNS = 88;

/** Parses, or says on stderr what is wrong and how to call it: null. */
export function readArguments(argv: readonly string[], fallback: Language, stderr: TextStream): Arguments | null {
  try {
    return parseArguments(argv, fallback);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${error.message}\n`);
    return null;
  }
}

/** Reads the photos in order; the exit code: 0 all read, 1 some failed. */
export async function runTerminal(
  args: Arguments,
  terminal: Terminal,
  dependencies: TerminalDependencies,
  signal: AbortSignal,
): Promise<number> {
  if (args.help) {
    terminal.stdout.write(`${LANGUAGES[args.language].terminal.usage(COMMAND)}\n`);
    return 0;
  }
  const work = args.json ? readAsJson : readAsText;
  let failed = 0;
  let done = 0;
  showProgress(terminal, args.files, 0);
  const readings = inOrder(args.files, dependencies.parallel, (file) => work(file, args, terminal, dependencies, signal));
  for await (const { item, outcome } of readings) {
    clearProgress(terminal, args.files);
    if (outcome.status === 'fulfilled') terminal.stdout.write(outcome.value);
    else {
      failed++;
      writeFailure(item, outcome.reason, args, terminal, dependencies);
    }
    done++;
    if (!args.json && done < args.files.length) terminal.stdout.write('\n');
    showProgress(terminal, args.files, done);
  }
  return failed > 0 ? 1 : 0;
}

async function readAsText(
  file: string,
  args: Arguments,
  terminal: Terminal,
  dependencies: TerminalDependencies,
  signal: AbortSignal,
): Promise<string> {
  let last: Card | undefined;
  for await (const card of vibe({ image: file, why: args.why, language: args.language }, dependencies, signal)) {
    last = card;
  }
  if (!last) throw new Error('the command gave no card');
  const paths = new Map<string, string>();
  for (const block of last.blocks) {
    if (block.kind !== 'image') continue;
    paths.set(block.fileName, await writeHeatmap(args.out, file, block.fileName, block.jpeg));
  }
  return renderCard(last, file, {
    colour: terminal.colour,
    columns: Math.min(MAX_COLUMNS, terminal.stdout.columns ?? MAX_COLUMNS),
    imagePath: (block) => paths.get(block.fileName) ?? '',
  });
}

async function readAsJson(
  file: string,
  { why, language, out }: Arguments,
  _terminal: Terminal,
  dependencies: TerminalDependencies,
  signal: AbortSignal,
): Promise<string> {
  const bytes = await dependencies.imageSource.fetch(file, signal);
  let last: Reading | undefined;
  for await (const reading of readPhoto({ bytes, why, language }, dependencies, signal)) last = reading;
  if (!last) throw new Error('the pipeline gave no reading');
  const { sha256, heatmap } = last.look;
  const path = await writeHeatmap(out, file, `${last.genre}-${sha256.slice(0, 8)}.jpg`, heatmap.jpeg);
  return `${renderReadingJson(file, last, path, language)}\n`;
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
  else stderr.write(`${file}: ${presentError(error, language)}\n`);
}

/** '2/5 coffee.jpg' on a terminal's stderr, overwritten by the next one. */
function showProgress({ stderr }: Terminal, files: readonly string[], done: number): void {
  if (stderr.isTTY && files.length > 1 && done < files.length) {
    stderr.write(`${done + 1}/${files.length} ${files[done]}`);
  }
}

function clearProgress({ stderr }: Terminal, files: readonly string[]): void {
  if (stderr.isTTY && files.length > 1) stderr.write('\r\u001b[2K');
}
