import { z } from 'zod';
import type { Language } from './core/types.ts';

export interface Config {
  readonly discord: DiscordConfig | null;
  readonly telegram: TelegramConfig | null;
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
}

export interface DiscordConfig {
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
  readonly token: string;
  /** Ends in a slash. */
  readonly apiRoot: string;
  /** null: long polling. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
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

/** An empty value in .env means "not set"; what surrounds a value was not meant. */
function setting<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === 'string' ? value.trim() : value) || undefined, schema);
}

const text = setting(z.string().optional());

/** An address on this machine, where nobody can listen in. */
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/;
const webhookUrl = z.url().refine((url) => url.startsWith('https://') || LOOPBACK.test(url));

const schema = z
  .object({
    DISCORD_TOKEN: setting(
      z
        .string()
        .regex(/^[\w.-]+$/)
        .optional(),
    ),
    DISCORD_API_URL: setting(z.url({ protocol: /^https?$/ }).default('https://discord.com/api')),
    DISCORD_CDN_HOSTS: setting(
      z
        .string()
        .default('cdn.discordapp.com,media.discordapp.net')
        .transform((hosts) => hosts.split(',').map((host) => host.trim().toLowerCase()))
        .pipe(z.array(z.string().regex(/^[a-z\d.-]+(:\d{1,5})?$/))),
    ),
    DISCORD_SHARDS: setting(
      z.union([z.literal('auto'), z.coerce.number().int().min(1).max(1000)]).optional(),
    ),
    DISCORD_GUILD_ID: setting(
      z
        .string()
        .regex(/^\d{15,20}$/)
        .optional(),
    ),
    TELEGRAM_TOKEN: setting(
      z
        .string()
        .regex(/^\d+:[\w-]+$/)
        .optional(),
    ),
    TELEGRAM_API_ROOT: setting(z.url({ protocol: /^https?$/ }).default('https://api.telegram.org/')),
    TELEGRAM_WEBHOOK_URL: setting(webhookUrl.optional()),
    TELEGRAM_WEBHOOK_SECRET: setting(
      z
        .string()
        .regex(/^[\w-]{1,256}$/)
        .optional(),
    ),
    DEFAULT_LANGUAGE: setting(z.enum(['en', 'ar']).default('en')),
    STATE_DIR: setting(z.string().default('./var')),
    SIGNING_SECRET: setting(z.string().min(16).optional()),
    LOG_LEVEL: setting(z.enum(['debug', 'info', 'warn', 'error']).default('info')),
    HOST: setting(z.string().default('127.0.0.1')),
    PORT: setting(z.coerce.number().int().min(0).max(65_535).default(8080)),
    INIT_CWD: text,
    npm_lifecycle_event: text,
  })
  .refine((env) => !env.TELEGRAM_WEBHOOK_URL || env.TELEGRAM_WEBHOOK_SECRET, {
    path: ['TELEGRAM_WEBHOOK_SECRET'],
  });

/** The one place that knows the settings' names. Throws ConfigError. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    // of a list's item, too, the setting's own name
    throw new ConfigError([...new Set(parsed.error.issues.map(({ path: [name] }) => String(name)))]);
  }
  const { data } = parsed;
  return {
    discord: discordConfig(data),
    telegram: telegramConfig(data),
    defaultLanguage: data.DEFAULT_LANGUAGE,
    stateFolder: data.STATE_DIR,
    signingSecret: data.SIGNING_SECRET ?? null,
    logLevel: data.LOG_LEVEL,
    host: data.HOST,
    port: data.PORT,
    startFolder: data.npm_lifecycle_event === 'vibe' ? (data.INIT_CWD ?? null) : null,
  };
}

function discordConfig(data: z.infer<typeof schema>): DiscordConfig | null {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: url } = data;
  if (!token) return null;
  return {
    token,
    apiUrl: url.replace(/\/+$/, ''),
    cdnHosts: data.DISCORD_CDN_HOSTS,
    shards: data.DISCORD_SHARDS ?? null,
    guildId: data.DISCORD_GUILD_ID ?? null,
  };
}

function telegramConfig(data: z.infer<typeof schema>): TelegramConfig | null {
  const { TELEGRAM_TOKEN: token, TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret } = data;
  if (!token) return null;
  // without the slash a path in it would be lost
  const apiRoot = data.TELEGRAM_API_ROOT.replace(/\/?$/, '/');
  return { token, apiRoot, webhook: url && secret ? { url, secret } : null };
}
