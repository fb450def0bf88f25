/** The only impure start: environment, signals, exit codes. `main.ts vibe <photo>…` or `main.ts serve`. */

import { existsSync } from 'node:fs';
import { type App, createApp } from './app.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import type { Language } from './core/types.ts';
import { LANGUAGES } from './languages/languages.ts';
import { createFileSource } from './platforms/terminal/file-source.ts';
import { plainLine } from './platforms/terminal/plain-line.ts';
import { readArguments, runTerminal } from './platforms/terminal/platform.ts';
import { ModelError } from './services/genre-model.ts';

const WRONG_USAGE = 2;
/** The installation is at fault; BSD's sysexits.h calls it EX_SOFTWARE. */
const CANNOT_START = 70;
/** As shells say it of a program that a signal ended: 128 + its number. */
const SIGNAL_CODES = { SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 };

async function main([mode, ...argv]: string[]): Promise<number> {
  const config = readConfig();
  if (!config) return WRONG_USAGE;
  return mode === 'vibe' ? await readInTerminal(argv, config) : serve(config);
}

/** null, and a line on stderr, when the settings cannot be used. */
function readConfig(): Config | null {
  const { start } = LANGUAGES.en; // the person's language is one of the settings
  try {
    process.loadEnvFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return complain(start.unreadableSettings('.env'));
  }
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return complain(start.unusableSettings(error.settings));
  }
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
  if (!args) return WRONG_USAGE;
  const app = await openApp(Math.max(1, args.files.length), args.language);
  if (!app) return CANNOT_START;
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
    if (stop.signal.aborted) return SIGNAL_CODES[stop.signal.reason as keyof typeof SIGNAL_CODES];
    throw error;
  } finally {
    await app.close();
  }
}

function serve({ discordToken, telegramToken, defaultLanguage }: Config): number {
  const { noToken, terminalOnly } = LANGUAGES[defaultLanguage].start;
  const none = !discordToken && !telegramToken;
  complain(none ? noToken(['TELEGRAM_TOKEN', 'DISCORD_TOKEN']) : terminalOnly('npm run vibe -- photo.jpg'));
  return WRONG_USAGE;
}

const code = await main(process.argv.slice(2));
process.exitCode ||= code; // an output that failed has set it already
