/** Tells Discord the bot's commands where they differ: `commands.ts [--guild <server id>] [--dry-run]`. */

import type { Config, DiscordConfig } from '../src/config.ts';
import { OutletError } from '../src/core/outlet-error.ts';
import { EXIT_CODES } from '../src/exit-codes.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import { createDiscordCaller } from '../src/platforms/discord/discord-caller.ts';
import { plainLine } from '../src/platforms/terminal/plain-line.ts';
import { TokenRefusedError } from '../src/platforms/token-refused-error.ts';
import { readConfig, type Settings } from '../src/read-config.ts';
import { NO_TELEMETRY } from '../src/services/no-telemetry.ts';
import { createRedactor, type Redactor } from '../src/services/redact.ts';
import { sleep } from '../src/services/sleep.ts';
import { readOptions } from './read-options.ts';
import { registerCommands } from './register-commands.ts';

const COMMAND = 'npm run deploy:commands --';

async function main(argv: readonly string[]): Promise<number> {
  const settings = await readConfig((line) => complain(line));
  if (!settings) return EXIT_CODES.wrongUsage;
  const { config, secret } = settings;
  const { start, registration } = LANGUAGES[config.defaultLanguage];
  const options = readOptions(argv);
  if (!options) {
    complain(registration.usage(COMMAND));
    return EXIT_CODES.wrongUsage;
  }
  if (options.help) {
    show(registration.usage(COMMAND));
    return 0;
  }
  const { discord } = config;
  if (!discord) {
    complain(noToken(settings));
    return EXIT_CODES.wrongUsage;
  }
  if (secret && secret.failure !== null) complain(start.unreadableSecret(secret.name, secret.failure));
  const guildId = options.guildId ?? discord.guildId;
  const redact = createRedactor([discord.token, ...(secret?.hidden ?? [])]);
  try {
    await register({ ...discord, guildId }, { ...config, dryRun: options.dryRun }, redact);
    return 0;
  } catch (error) {
    const { line, code } = failureOf(error, guildId, config);
    complain(line, redact);
    return code;
  }
}

function noToken({ config, secret }: Settings): string {
  const { start } = LANGUAGES[config.defaultLanguage];
  if (!secret || secret.failure === null) return start.noToken(['DISCORD_TOKEN']);
  return start.noTokenNorSecret(['DISCORD_TOKEN'], secret.name, secret.failure);
}

async function register(
  { token, apiUrl, guildId }: DiscordConfig,
  { defaultLanguage, dryRun }: Config & { readonly dryRun: boolean },
  redact: Redactor,
): Promise<void> {
  const call = createDiscordCaller({ token, apiUrl, telemetry: NO_TELEMETRY, sleep });
  const registration = {
    ...{ call, guildId, defaultLanguage, dryRun },
    show: (line: string) => show(line, redact),
  };
  await registerCommands(registration, new AbortController().signal);
}

interface Failure {
  readonly line: string;
  readonly code: number;
}

/** What whoever registers can mend, in one line. */
function failureOf(error: unknown, guildId: string | null, { defaultLanguage }: Config): Failure {
  const { start, registration } = LANGUAGES[defaultLanguage];
  const { wrongUsage, failed, cannotStart } = EXIT_CODES;
  if (error instanceof TokenRefusedError) {
    return { line: start.refusedToken('Discord', 'DISCORD_TOKEN'), code: wrongUsage };
  }
  if (!(error instanceof OutletError)) {
    return { line: registration.refused('Discord', String(error)), code: cannotStart };
  }
  return guildId && error.failure.kind === 'gone'
    ? { line: registration.notInServer(guildId), code: wrongUsage }
    : { line: registration.unreachable('Discord', error.message), code: failed };
}

function show(line: string, redact: Redactor = (text) => text): void {
  process.stdout.write(`${redact(plainLine(line))}\n`);
}

function complain(line: string, redact: Redactor = (text) => text): void {
  process.stderr.write(`${redact(plainLine(line))}\n`);
}

process.exitCode = await main(process.argv.slice(2));
