import { type Config, ConfigError, parseConfig } from './config.ts';
import { LANGUAGES } from './languages/languages.ts';

/** From the environment, and from .env where there is one; null, and a line to `complain`, when they cannot be used. */
export function readConfig(complain: (line: string) => void): Config | null {
  const { start } = LANGUAGES.en; // the person's language is one of the settings
  try {
    process.loadEnvFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') {
      complain(start.unreadableSettings('.env'));
      return null;
    }
  }
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    complain(start.unusableSettings(error.settings));
    return null;
  }
}
