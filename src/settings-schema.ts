import { z } from 'zod';
import { DEFAULT_MODELS } from './services/openai-models.ts';

/** An empty value in .env means "not set"; what surrounds a value was not meant. */
function setting<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === 'string' ? value.trim() : value) || undefined, schema);
}

const text = setting(z.string().optional());
const matching = (pattern: RegExp) => setting(z.string().regex(pattern).optional());
const webAddress = (usual: string) => setting(z.url({ protocol: /^https?$/ }).default(usual));

/** Separated by commas; each of them looks so. */
function list(pattern: RegExp, usual: string, tidy: (item: string) => string = (item) => item) {
  const items = z
    .string()
    .default(usual)
    .transform((value) => value.split(',').map((item) => tidy(item.trim())))
    .pipe(z.array(z.string().regex(pattern)));
  return setting(items);
}

/** An address on this machine, where nobody can listen in. */
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/;
const webhookUrl = z.url().refine((url) => url.startsWith('https://') || LOOPBACK.test(url));

/** Of a person, a server: https://docs.discord.com/developers/reference#snowflakes */
const SNOWFLAKE = /^\d{15,20}$/;
/** What a header can carry. */
const API_KEY = /^[\x21-\x7e]+$/;
/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html: a name, or an ARN. */
const SECRET_NAME = /^[\w/+=.@:-]{1,2048}$/;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html: a name, a part of an ARN or a whole one. */
const FUNCTION_NAME = /^[\w:-]{1,170}$/;
/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html: no ARN, in whose
 * place the answer to a batch can have the name.
 */
const TABLE_NAME = /^[\w.-]{3,255}$/;

/** Each setting as it is read from a text; undefined where it is not set and has no usual value. */
export const settingSchemas = {
  DISCORD_TOKEN: matching(/^[\w.-]+$/),
  DISCORD_API_URL: webAddress('https://discord.com/api'),
  DISCORD_CDN_HOSTS: list(/^[a-z\d.-]+(:\d{1,5})?$/, 'cdn.discordapp.com,media.discordapp.net', (host) =>
    host.toLowerCase(),
  ),
  DISCORD_SHARDS: setting(z.union([z.literal('auto'), z.coerce.number().int().min(1).max(1000)]).optional()),
  DISCORD_GUILD_ID: matching(SNOWFLAKE),
  ADMIN_DISCORD_USER_ID: matching(SNOWFLAKE),
  TELEGRAM_TOKEN: matching(/^\d+:[\w-]+$/),
  TELEGRAM_API_ROOT: webAddress('https://api.telegram.org/'),
  TELEGRAM_WEBHOOK_URL: setting(webhookUrl.optional()),
  TELEGRAM_WEBHOOK_SECRET: matching(/^[\w-]{1,256}$/),
  ADMIN_TELEGRAM_CHAT_ID: matching(/^-?\d{1,20}$/),
  OPENAI_API_KEY: matching(API_KEY),
  OPENAI_BASE_URL: webAddress('https://api.openai.com/v1'),
  OPENAI_MODELS: list(/^[\w.:/-]+$/, DEFAULT_MODELS.join(',')),
  OPENAI_DAILY_BUDGET_USD: setting(
    z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .default('1')
      .transform(Number),
  ),
  YOUTUBE_API_KEY: matching(API_KEY),
  YOUTUBE_ROOT_URL: webAddress('https://youtube.googleapis.com/'),
  PLAYLISTS_FILE: text,
  SECRETS_PREFIX: matching(SECRET_NAME),
  ARCHIVE_FUNCTION: matching(FUNCTION_NAME),
  ERASE_FUNCTION: matching(FUNCTION_NAME),
  ARCHIVE_DEFAULT: setting(z.enum(['ask', 'keep', 'off']).default('ask')),
  STORE_TABLE: matching(TABLE_NAME),
  OUTBOX_MAX_MB: setting(z.coerce.number().int().min(1).max(1_000_000).default(1024)),
  DEFAULT_LANGUAGE: setting(z.enum(['en', 'ar']).default('en')),
  STATE_DIR: setting(z.string().default('./var')),
  SIGNING_SECRET: setting(z.string().min(16).optional()),
  LOG_LEVEL: setting(z.enum(['debug', 'info', 'warn', 'error']).default('info')),
  HOST: setting(z.string().default('127.0.0.1')),
  PORT: setting(z.coerce.number().int().min(0).max(65_535).default(8080)),
};

export type SettingName = keyof typeof settingSchemas;

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingSchemas, name);
}

const SECRETS: readonly string[] = [
  'DISCORD_TOKEN',
  'TELEGRAM_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'OPENAI_API_KEY',
  'YOUTUBE_API_KEY',
  'SIGNING_SECRET',
] satisfies readonly SettingName[];

/** Whether nobody may see the value that stands under this name; of what is no setting, nobody may. */
export function isSecret(name: string): boolean {
  return !isSettingName(name) || SECRETS.includes(name);
}

/** Whether a text can be this setting's value. */
export function isUsable(name: SettingName, value: string): boolean {
  return settingSchemas[name].safeParse(value).success;
}

/** What is told by whoever starts the program: npm, systemd, and AWS for all that use its SDK. */
export const surroundingSchemas = {
  INIT_CWD: text,
  npm_lifecycle_event: text,
  NOTIFY_SOCKET: text,
  WATCHDOG_USEC: setting(z.coerce.number().int().positive().optional()),
  AWS_EC2_METADATA_SERVICE_ENDPOINT: setting(z.url({ protocol: /^http$/ }).optional()),
  AWS_EC2_METADATA_DISABLED: text,
};

/** All of them together. */
export const settingsSchema = z
  .object({ ...settingSchemas, ...surroundingSchemas })
  .refine((env) => !env.TELEGRAM_WEBHOOK_URL || env.TELEGRAM_WEBHOOK_SECRET, {
    path: ['TELEGRAM_WEBHOOK_SECRET'],
  });
