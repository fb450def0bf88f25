/** The only impure start: environment, signals, exit codes. `main.ts vibe <photo>…` or `main.ts serve`, which forks `shard`. */

import { existsSync } from 'node:fs';
import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import type { Language } from './core/types.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { LANGUAGES } from './languages/languages.ts';
import { createFileSource } from './platforms/terminal/file-source.ts';
import { plainLine } from './platforms/terminal/plain-line.ts';
import { readArguments, runTerminal } from './platforms/terminal/platform.ts';
import { readConfig } from './read-config.ts';
import { ModelError } from './services/genre-model.ts';

/** From the first signal to the end, whatever hangs. */
const DRAIN_LIMIT_MS = 24_500;

async function main([mode, ...argv]: string[]): Promise<number> {
  const config = readConfig(complain);
  if (!config) return EXIT_CODES.wrongUsage;
  if (mode === 'vibe') return readInTerminal(argv, config);
  return mode === 'shard' ? receiveForServe(Number(argv[0]), config) : serveChats(config);
}

function complain(line: string): null {
  process.stderr.write(`${line}\n`);
  return null;
}

/** null, and a line on stderr, when the model must not be used. */
async function openApp(maxThreads: number, language: Language): Promise<App | null> {
  try {
    return await createApp({ maxThreads });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return complain(LANGUAGES[language].start.unusableModel(error.message));
  }
}

async function readInTerminal(
  argv: readonly string[],
  { defaultLanguage, startFolder }: Config,
): Promise<number> {
  if (startFolder && existsSync(startFolder)) process.chdir(startFolder);
  const args = readArguments(argv, defaultLanguage, process.stderr);
  if (!args) return EXIT_CODES.wrongUsage;
  const app = await openApp(Math.max(1, args.files.length), args.language);
  if (!app) return EXIT_CODES.cannotStart;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort('SIGINT'));
  process.once('SIGTERM', () => stop.abort('SIGTERM'));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    stop.abort('SIGPIPE');
    if (error.code === 'EPIPE') return; // a reader that goes away (`| head`) needs no complaint
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  try {
    const terminal = {
      stdout: process.stdout,
      stderr: process.stderr,
      colour: process.stdout.isTTY === true && process.stdout.hasColors(),
    };
    const reportBug = (error: unknown) => process.stderr.write(`${plainLine(String(error))}\n`);
    const keep = async () => null; // the terminal has no buttons
    const dependencies = { ...app, imageSource: createFileSource(), keep, parallel: app.threads, reportBug };
    return await runTerminal(args, terminal, dependencies, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return EXIT_CODES.signals[stop.signal.reason as keyof typeof EXIT_CODES.signals];
    throw error;
  } finally {
    await app.close();
  }
}

/** The chats need much that the terminal starts faster without. */
async function serveChats(config: Config): Promise<number> {
  const { startServing } = await import('./start-serving.ts');
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(EXIT_CODES.signals[name]); // asked twice
      stop.abort(name);
      setTimeout(() => process.exit(0), DRAIN_LIMIT_MS).unref(); // what is left stays in the inbox
    });
  }
  return startServing(config, complain, stop.signal);
}

async function receiveForServe(shard: number, config: Config): Promise<number> {
  const { startShard } = await import('./start-shard.ts');
  const stop = new AbortController();
  // whoever stops `serve` may signal all of its processes
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort(name));
  return startShard(config, { shard }, stop.signal);
}

const code = await main(process.argv.slice(2));
process.exitCode ||= code; // an output that failed has set it already
