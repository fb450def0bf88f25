/** The only impure start: environment, signals, exit codes. `main.ts vibe <photo>…` or `main.ts serve`, which forks `shard`. */

import { existsSync } from 'node:fs';
import { EXIT_CODES } from './exit-codes.ts';
import { LANGUAGES } from './languages/languages.ts';
import { openTerminal } from './open-terminal.ts';
import { createFileSource } from './platforms/terminal/file-source.ts';
import { plainLine } from './platforms/terminal/plain-line.ts';
import { readArguments, runTerminal } from './platforms/terminal/platform.ts';
import { readConfig, readShardConfig, type Settings } from './read-config.ts';
import { createStopping } from './stopping.ts';

/** From when it is asked to stop to the end, whatever hangs. */
const DRAIN_LIMIT_MS = 24_500;
/** What was printed is through by then. */
const LAST_LINES_MS = 200;

async function main([mode, ...argv]: string[]): Promise<number> {
  if (mode === 'shard') return receiveForServe(Number(argv[0]));
  const settings = await readConfig(complain);
  endOnceDone = settings?.secret !== null;
  if (!settings) return EXIT_CODES.wrongUsage;
  return mode === 'vibe' ? readInTerminal(argv, settings) : serveChats(settings);
}

function complain(line: string): null {
  process.stderr.write(`${line}\n`);
  return null;
}

async function readInTerminal(argv: readonly string[], settings: Settings): Promise<number> {
  const { defaultLanguage, startFolder } = settings.config;
  const { name = '', failure = null } = settings.secret ?? {};
  if (failure !== null) complain(LANGUAGES[defaultLanguage].start.unreadableSecret(name, failure));
  const args = readArguments(argv, defaultLanguage, process.stderr);
  if (!args) return EXIT_CODES.wrongUsage;
  const app = await openTerminal(settings, Math.max(1, args.files.length), complain);
  if (typeof app === 'number') return app;
  // paths in settings are the package's, those of photos the person's
  if (startFolder && existsSync(startFolder)) process.chdir(startFolder);
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
async function serveChats(settings: Settings): Promise<number> {
  const { startServing } = await import('./start-serving.ts');
  // what is left then stays in the inbox
  const stopping = createStopping((code) => setTimeout(() => process.exit(code), DRAIN_LIMIT_MS).unref());
  let isAsked = false;
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      if (isAsked) process.exit(EXIT_CODES.signals[name]); // twice, by whoever runs it
      isAsked = true;
      stopping.stop(0);
    });
  }
  return startServing(settings, complain, stopping);
}

async function receiveForServe(shard: number): Promise<number> {
  const config = await readShardConfig(complain);
  if (!config) return EXIT_CODES.wrongUsage;
  const { startShard } = await import('./start-shard.ts');
  const stop = new AbortController();
  // whoever stops `serve` may signal all of its processes
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort(name));
  return startShard(config, { shard }, stop.signal);
}

/** Whether what is still open does not count: a search for AWS credentials that hangs would keep the program. */
let endOnceDone = false;

const code = await main(process.argv.slice(2));
process.exitCode ||= code; // an output that failed has set it already
if (endOnceDone) setTimeout(() => process.exit(), LAST_LINES_MS).unref();
