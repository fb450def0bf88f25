import { z } from 'zod';
import type { Language } from './core/types.ts';

export interface Config {
  readonly discordToken: string | null;
  readonly telegramToken: string | null;
  readonly defaultLanguage: Language;
  /** Where the person typed `npm run vibe`: npm itself starts scripts in the package's folder. */
  readonly startFolder: string | null;
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

// An empty value in .env means "not set".
const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

const schema = z.object({
  DISCORD_TOKEN: optional,
  TELEGRAM_TOKEN: optional,
  INIT_CWD: optional,
  npm_lifecycle_event: optional,
  DEFAULT_LANGUAGE: z.preprocess((value) => value || undefined, z.enum(['en', 'ar']).default('en')),
});

/** The one place that knows the settings' names. Throws ConfigError. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => issue.path.join('.')));
  }
  return {
    discordToken: parsed.data.DISCORD_TOKEN ?? null,
    telegramToken: parsed.data.TELEGRAM_TOKEN ?? null,
    defaultLanguage: parsed.data.DEFAULT_LANGUAGE,
    startFolder: parsed.data.npm_lifecycle_event === 'vibe' ? (parsed.data.INIT_CWD ?? null) : null,
  };
}
