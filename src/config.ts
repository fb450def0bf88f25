import { z } from 'zod';
import type { Language } from './core/types.ts';

export interface Config {
  readonly discordToken: string | null;
  readonly telegramToken: string | null;
  readonly defaultLanguage: Language;
}

/** A setting that cannot be used; the message names it and never shows its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

// An empty value in .env means "not set".
const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

const schema = z.object({
  DISCORD_TOKEN: optional,
  TELEGRAM_TOKEN: optional,
  DEFAULT_LANGUAGE: z.preprocess((value) => value || undefined, z.enum(['en', 'ar']).default('en')),
});

/** The one place that knows the settings' names. Throws ConfigError. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join('.'));
    throw new ConfigError(`These settings cannot be used: ${names.join(', ')}. See .env.example.`);
  }
  return {
    discordToken: parsed.data.DISCORD_TOKEN ?? null,
    telegramToken: parsed.data.TELEGRAM_TOKEN ?? null,
    defaultLanguage: parsed.data.DEFAULT_LANGUAGE,
  };
}
