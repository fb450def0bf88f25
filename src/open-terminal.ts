import { type App, createApp } from './app.ts';
import type { Log } from './core/chat-ports.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { LANGUAGES } from './languages/languages.ts';
import { openCredentials } from './open-credentials.ts';
import { type Outside, openOutside } from './open-outside.ts';
import type { Settings } from './read-config.ts';
import { ModelError } from './services/genre-model.ts';
import { NO_TELEMETRY } from './services/no-telemetry.ts';
import { PlaylistsFileError } from './services/playlist-file.ts';
import { sleep } from './services/sleep.ts';
import { type Database, openDatabase, StateError } from './services/sqlite-database.ts';

type Complain = (line: string) => void;

/** The app for photos from the terminal, or the exit code, and one line to `complain` that says why it cannot be. */
export async function openTerminal(
  settings: Settings,
  maxThreads: number,
  complain: Complain,
): Promise<App | number> {
  const { start } = LANGUAGES[settings.config.defaultLanguage];
  try {
    const outside = await openServices(settings, complain);
    const app = await createApp({ outside, maxThreads });
    return {
      ...app,
      async close() {
        await app.close();
        await outside.close();
      },
    };
  } catch (error) {
    if (error instanceof ModelError) complain(start.unusableModel(error.message));
    else if (error instanceof PlaylistsFileError) complain(start.unusablePlaylists(error.message));
    else throw error;
    return error instanceof ModelError ? EXIT_CODES.cannotStart : EXIT_CODES.wrongUsage;
  }
}

/** Without a key nothing is kept, and nobody is asked. */
async function openServices(settings: Settings, complain: Complain): Promise<Outside> {
  // its details may hold what is for nobody's eyes
  const log: Log = { debug() {}, info() {}, warn() {}, error: (message) => complain(message) };
  const clock = () => performance.now();
  const credentials = openCredentials(settings, { learn() {}, log, clock, sleep });
  const hasKey = credentials.get('OPENAI_API_KEY') !== null || credentials.get('YOUTUBE_API_KEY') !== null;
  const database = hasKey ? openState(settings, complain) : null;
  const outside = await openOutside({
    ...{ config: settings.config, credentials, database, log, clock, sleep },
    telemetry: NO_TELEMETRY,
    calendar: () => Date.now(),
    tellAdmin: async () => {},
  });
  return {
    ...outside,
    async close() {
      await outside.close();
      database?.close();
    },
  };
}

/** The bot's own, for what is spent is spent by both. null, and a line to `complain`, when it cannot be used. */
function openState({ config }: Settings, complain: Complain): Database | null {
  const { stateFolder, defaultLanguage } = config;
  try {
    return openDatabase(stateFolder);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    complain(LANGUAGES[defaultLanguage].start.unusableState(stateFolder, error.message));
    return null;
  }
}
