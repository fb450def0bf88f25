import type { Log } from './core/chat-ports.ts';
import { ORIGINS } from './merge-settings.ts';
import type { Settings } from './read-config.ts';
import type { ReadSecret } from './read-secret.ts';
import type { SettingName } from './settings-schema.ts';

/** What is off while a setting is missing. */
const PARTS: Partial<Readonly<Record<SettingName, string>>> = {
  TELEGRAM_TOKEN: 'Telegram',
  DISCORD_TOKEN: 'Discord',
  OPENAI_API_KEY: 'words by a language model',
  YOUTUBE_API_KEY: 'tracks from YouTube',
  SECRETS_PREFIX: 'settings from AWS Secrets Manager',
  ARCHIVE_FUNCTION: 'the archive of photos',
  ERASE_FUNCTION: 'the archive of photos (there is nothing that erases)',
  STORE_TABLE: 'results and preferences in DynamoDB (they are in STATE_DIR)',
};

/** Says, by their names alone, where the settings come from, what of the secret is no use, and what is off. */
export function reportSettings({ origins, secret }: Settings, log: Log): void {
  const from = (origin: string) => [...origins].flatMap(([name, where]) => (where === origin ? [name] : []));
  log.info('settings', Object.fromEntries(ORIGINS.map((origin) => [origin, from(origin)])));
  if (secret) reportSecret(secret, log);
  for (const [setting, part] of Object.entries(PARTS)) {
    if (!origins.has(setting as SettingName)) log.warn(`off: ${part}`, { setting });
  }
}

function reportSecret({ name, failure, unused, withoutText }: ReadSecret, log: Log): void {
  if (failure !== null) {
    log.warn('the secret cannot be read; the program starts without it', { secret: name, reason: failure });
  }
  if (unused.length > 0) {
    log.warn('the secret has keys that are not used', { secret: name, keys: unused });
  }
  if (withoutText.length > 0) {
    log.warn('the secret has keys whose values are no text, number or boolean', {
      secret: name,
      keys: withoutText,
    });
  }
}
