import type { z } from 'zod';
import type { Language } from './core/types.ts';
import { settingsSchema } from './settings-schema.ts';

/** What the program does; the keys that services are called with are not here: they change, and Credentials has them. */
export interface Config {
  readonly discord: DiscordConfig | null;
  readonly telegram: TelegramConfig | null;
  readonly openai: OpenAiConfig;
  readonly youtube: YouTubeConfig;
  readonly archive: ArchiveConfig;
  /** The DynamoDB table that results and preferences are in; null: the state folder. */
  readonly storeTable: string | null;
  readonly admin: AdminConfig;
  readonly defaultLanguage: Language;
  /** For what must outlive the program. */
  readonly stateFolder: string;
  /** null: one is made in the state folder. */
  readonly signingSecret: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Where health, metrics and the webhook are served; port 0: any free one. */
  readonly host: string;
  readonly port: number;
  /** Where the person typed `npm run vibe`: npm itself starts scripts in the package's folder. */
  readonly startFolder: string | null;
  /** Where EC2 says that an instance is to go; null: it is not asked. */
  readonly instanceMetadata: InstanceMetadataConfig | null;
  /** null: systemd has not started the program, or wants to hear nothing of it. */
  readonly systemd: SystemdConfig | null;
}

export interface DiscordConfig {
  /** At the start; Credentials has the newest. */
  readonly token: string;
  /** Without the version, and without a slash at its end. */
  readonly apiUrl: string;
  /** host or host:port of those that pictures are fetched from. */
  readonly cdnHosts: readonly string[];
  /** How many processes receive; auto: as many as Discord recommends; null: this one. */
  readonly shards: number | 'auto' | null;
  /** The one server that commands are registered for; null: everywhere. */
  readonly guildId: string | null;
}

export interface TelegramConfig {
  /** At the start; Credentials has the newest. */
  readonly token: string;
  /** Ends in a slash. */
  readonly apiRoot: string;
  /** null: long polling. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
}

export interface OpenAiConfig {
  /** With the version, and without a slash at its end. */
  readonly baseUrl: string;
  /** In the order in which they are asked, at least one. */
  readonly models: readonly string[];
  /** 0: nothing may be spent. */
  readonly dailyBudgetUsd: number;
}

export interface YouTubeConfig {
  /** Ends in a slash. */
  readonly rootUrl: string;
  /** null: the program's own playlists. */
  readonly playlistsFile: string | null;
}

/** Functions of AWS Lambda by their names or ARNs; null: not set. */
export interface ArchiveConfig {
  /** As Archive has it; off, too, where nothing could bring photos there or erase them. */
  readonly usual: 'ask' | 'keep' | 'off';
  readonly archiveFunction: string | null;
  readonly eraseFunction: string | null;
  readonly outboxMaxBytes: number;
}

/** Who runs the bot, where it may be told; null: not set. */
export interface AdminConfig {
  readonly telegramChatId: string | null;
  readonly discordUserId: string | null;
}

export interface InstanceMetadataConfig {
  /** Without a slash at its end; null: EC2's own address, on its machines only. */
  readonly endpoint: string | null;
}

export interface SystemdConfig {
  /** Within which it wants to hear, again and again, that the program is well; null: it does not. */
  readonly watchdogMs: number | null;
}

/** Settings that cannot be used: named, and their values never shown. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly settings: readonly string[];

  constructor(settings: readonly string[]) {
    super(`unusable settings: ${settings.join(', ')}`);
    this.settings = settings;
  }
}

type Values = z.infer<typeof settingsSchema>;

/** From the settings' names and texts. Throws ConfigError. */
export function parseConfig(values: Readonly<Record<string, string | undefined>>): Config {
  const parsed = settingsSchema.safeParse(values);
  if (!parsed.success) {
    // of a list's item, too, the setting's own name
    throw new ConfigError([...new Set(parsed.error.issues.map(({ path: [name] }) => String(name)))]);
  }
  const { data } = parsed;
  return {
    discord: discordConfig(data),
    telegram: telegramConfig(data),
    openai: {
      baseUrl: withoutSlash(data.OPENAI_BASE_URL),
      models: data.OPENAI_MODELS,
      dailyBudgetUsd: data.OPENAI_DAILY_BUDGET_USD,
    },
    youtube: { rootUrl: withSlash(data.YOUTUBE_ROOT_URL), playlistsFile: data.PLAYLISTS_FILE ?? null },
    archive: archiveConfig(data),
    storeTable: data.STORE_TABLE ?? null,
    admin: {
      telegramChatId: data.ADMIN_TELEGRAM_CHAT_ID ?? null,
      discordUserId: data.ADMIN_DISCORD_USER_ID ?? null,
    },
    defaultLanguage: data.DEFAULT_LANGUAGE,
    stateFolder: data.STATE_DIR,
    signingSecret: data.SIGNING_SECRET ?? null,
    logLevel: data.LOG_LEVEL,
    host: data.HOST,
    port: data.PORT,
    startFolder: data.npm_lifecycle_event === 'vibe' ? (data.INIT_CWD ?? null) : null,
    instanceMetadata: instanceMetadataConfig(data),
    systemd: systemdConfig(data),
  };
}

function discordConfig(data: Values): DiscordConfig | null {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: url } = data;
  if (!token) return null;
  return {
    token,
    apiUrl: withoutSlash(url),
    cdnHosts: data.DISCORD_CDN_HOSTS,
    shards: data.DISCORD_SHARDS ?? null,
    guildId: data.DISCORD_GUILD_ID ?? null,
  };
}

function telegramConfig(data: Values): TelegramConfig | null {
  const { TELEGRAM_TOKEN: token, TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret } = data;
  if (!token) return null;
  return {
    token,
    apiRoot: withSlash(data.TELEGRAM_API_ROOT),
    webhook: url && secret ? { url, secret } : null,
  };
}

function archiveConfig(data: Values): ArchiveConfig {
  const archiveFunction = data.ARCHIVE_FUNCTION ?? null;
  const eraseFunction = data.ERASE_FUNCTION ?? null;
  return {
    usual: archiveFunction === null || eraseFunction === null ? 'off' : data.ARCHIVE_DEFAULT,
    archiveFunction,
    eraseFunction,
    outboxMaxBytes: data.OUTBOX_MAX_MB * 1024 * 1024,
  };
}

/** As AWS's SDK reads these two. */
function instanceMetadataConfig(data: Values): InstanceMetadataConfig | null {
  const { AWS_EC2_METADATA_DISABLED: disabled = 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint } = data;
  if (disabled !== 'false') return null;
  return { endpoint: endpoint === undefined ? null : withoutSlash(endpoint) };
}

/** https://www.freedesktop.org/software/systemd/man/latest/sd_watchdog_enabled.html */
function systemdConfig({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdogUs }: Values): SystemdConfig | null {
  if (socket === undefined) return null;
  return { watchdogMs: watchdogUs === undefined ? null : watchdogUs / 1000 };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** Without it a path in the address would be lost. */
function withSlash(url: string): string {
  return url.replace(/\/?$/, '/');
}
