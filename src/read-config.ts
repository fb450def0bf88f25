import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { LANGUAGES } from './languages/languages.ts';
import { type Found, isSet, type MergedSettings, mergeSettings } from './merge-settings.ts';
import { type ReadSecret, readSecret } from './read-secret.ts';
import { isUsable } from './settings-schema.ts';

export interface Settings extends MergedSettings {
  readonly config: Config;
  /** null: none is named. */
  readonly secret: ReadSecret | null;
}

const FILE = '.env';
/** What a shard needs to know. */
const OF_SHARDS = ['DISCORD_TOKEN', 'DISCORD_API_URL', 'LOG_LEVEL'] as const;

/**
 * From the environment, from .env where there is one, and from the secret where one is named; null, and a line to
 * `complain`, when they cannot be used. A secret that cannot be read is left out: `secret.failure` says why.
 */
export function readConfig(complain: (line: string) => void): Promise<Settings | null> {
  return orComplain(complain, async () => {
    const file = readFile();
    lendToSdk(file);
    const found = { environment: process.env, [FILE]: file };
    const name = mergeSettings({ ...found, secret: {} }).values['SECRETS_PREFIX'];
    const secret = isSet(name) ? await readNamed(name.trim()) : null;
    const merged = mergeSettings({ ...found, secret: Object.fromEntries(secret?.settings ?? []) });
    const config = parseConfig(merged.values);
    shareWithShards(merged);
    return { ...merged, config, secret };
  });
}

/** For a process that receives for another one, which has read the secret for it. */
export function readShardConfig(complain: (line: string) => void): Promise<Config | null> {
  return orComplain(complain, async () => {
    const { values } = mergeSettings({ environment: process.env, [FILE]: readFile(), secret: {} });
    return parseConfig(Object.fromEntries(OF_SHARDS.map((name) => [name, values[name]])));
  });
}

class UnreadableFileError extends Error {}

async function orComplain<T>(complain: (line: string) => void, read: () => Promise<T>): Promise<T | null> {
  const { start } = LANGUAGES.en; // the person's language is one of the settings
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnreadableFileError) complain(start.unreadableSettings(FILE));
    else if (error instanceof ConfigError) complain(start.unusableSettings(error.settings));
    else throw error;
    return null;
  }
}

function readFile(): Found {
  try {
    return parse(readFileSync(FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new UnreadableFileError();
  }
}

async function readNamed(name: string): Promise<ReadSecret> {
  if (!isUsable('SECRETS_PREFIX', name)) throw new ConfigError(['SECRETS_PREFIX']);
  const { AWS_SECRET_ACCESS_KEY: key = '', AWS_SESSION_TOKEN: token = '' } = process.env;
  const secret = await readSecret(name);
  return { ...secret, hidden: [...secret.hidden, key, token] };
}

/** AWS's SDK reads its own settings from the process environment alone. */
function lendToSdk(file: Found): void {
  for (const [name, value] of Object.entries(file)) {
    if (name.startsWith('AWS_') && isSet(value) && !isSet(process.env[name])) process.env[name] = value;
  }
}

/** They read what this process reads, but for the secret; the token is handed to them when they are forked. */
function shareWithShards({ values, origins }: MergedSettings): void {
  for (const name of OF_SHARDS) {
    const isTheirs = name !== 'DISCORD_TOKEN' && origins.get(name) === 'secret';
    if (isTheirs) process.env[name] = values[name];
  }
}
