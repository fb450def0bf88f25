/** The only impure start: environment, signals, exit codes. `main.ts vibe <photo>…` or `main.ts serve`. */

import { createApp } from './app.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { LANGUAGES } from './languages/languages.ts';
import { createFileSource } from './platforms/terminal/file-source.ts';
import { readArguments, runTerminal } from './platforms/terminal/platform.ts';

const WRONG_USAGE = 2;
/** As shells say it of a program that SIGINT ended. */
const INTERRUPTED = 130;

async function main([mode, ...argv]: string[]): Promise<number> {
  const config = readConfig();
  if (!config) return WRONG_USAGE;
  return mode === 'vibe' ? await readInTerminal(argv, config) : serve(config);
}

function readConfig(): Config | null {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return null;
  }
}

async function readInTerminal(argv: readonly string[], { defaultLanguage }: Config): Promise<number> {
  const args = readArguments(argv, defaultLanguage, process.stderr);
  if (!args) return WRONG_USAGE;
  const app = createApp({ maxThreads: Math.max(1, args.files.length) });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  // a reader that goes away (`| head`) is no error
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    stop.abort();
    if (error.code === 'EPIPE') return;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  try {
    const terminal = {
      stdout: process.stdout,
      stderr: process.stderr,
      colour: process.stdout.isTTY === true && process.stdout.hasColors(),
    };
    const reportBug = (error: unknown) => process.stderr.write(`${String(error)}\n`);
    const dependencies = { ...app, imageSource: createFileSource(), parallel: app.threads, reportBug };
    return await runTerminal(args, terminal, dependencies, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    await app.close();
  }
}

function serve({ discordToken, telegramToken, defaultLanguage }: Config): number {
  const { noToken } = LANGUAGES[defaultLanguage].start;
  if (!discordToken && !telegramToken) {
    process.stderr.write(`${noToken(['TELEGRAM_TOKEN', 'DISCORD_TOKEN'])}\n`);
  } else {
    process.stderr.write('This version reads photos in the terminal only: npm run vibe -- <photo>\n');
  }
  return WRONG_USAGE;
}

const code = await main(process.argv.slice(2));
process.exitCode ||= code; // an output that failed has set it already
