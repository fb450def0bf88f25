import type { Config } from './config.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { LANGUAGES } from './languages/languages.ts';
import { openCredentials } from './open-credentials.ts';
import { GatewayClosedError } from './platforms/discord/close-error.ts';
import { IntentsRefusedError } from './platforms/discord/intents-refused-error.ts';
import { OtherPollerError } from './platforms/telegram/other-poller-error.ts';
import { WebhookRefusedError } from './platforms/telegram/webhook-refused-error.ts';
import { TokenRefusedError } from './platforms/token-refused-error.ts';
import type { Settings } from './read-config.ts';
import { reportSettings } from './report-settings.ts';
import { serve } from './serve.ts';
import { ModelError } from './services/genre-model.ts';
import { ListenError } from './services/http-server.ts';
import { createJsonLog } from './services/json-log.ts';
import { createLearningRedactor } from './services/learning-redactor.ts';
import { PlaylistsFileError } from './services/playlist-file.ts';
import { SigningSecretError } from './services/signing-keys.ts';
import { sleep } from './services/sleep.ts';
import { StateError } from './services/sqlite-database.ts';
import type { Stopping } from './stopping.ts';
import { watchForSpotNotice } from './watch-for-spot-notice.ts';

/**
 * Serves until it is asked to stop, or has a reason of its own to: the exit code. One line to `complain` where it cannot
 * start or go on.
 */
export async function startServing(
  settings: Settings,
  complain: (line: string) => void,
  stopping: Stopping,
): Promise<number> {
  const { config } = settings;
  if (!config.telegram && !config.discord) {
    complain(noToken(settings));
    return EXIT_CODES.wrongUsage;
  }
  const { redact, learn } = createLearningRedactor([]);
  const log = createJsonLog({ level: config.logLevel, redact });
  const timing = { clock: () => performance.now(), sleep };
  const credentials = openCredentials(settings, { learn, log, ...timing });
  reportSettings(settings, log);
  credentials.start();
  const { signal } = stopping;
  const ended = new AbortController();
  const noticed = () => stopping.stop(EXIT_CODES.spotNotice);
  const watch = { config: config.instanceMetadata, ...timing, log, noticed };
  watchForSpotNotice(watch, AbortSignal.any([signal, ended.signal]));
  try {
    await serve(config, { log, credentials, lost: () => stopping.stop(EXIT_CODES.leaseLost) }, signal);
    return stopping.code;
  } catch (error) {
    if (signal.aborted) {
      if (error !== signal.reason) log.error('the program did not stop in good order', { error });
      return stopping.code;
    }
    const failure = knownFailure(error, config);
    if (!failure) {
      log.error('the program failed', { error });
      return EXIT_CODES.cannotStart;
    }
    complain(failure.line);
    return failure.code;
  } finally {
    ended.abort();
    credentials.close();
  }
}

function noToken({ config, secret }: Settings): string {
  const { start } = LANGUAGES[config.defaultLanguage];
  const tokens = ['TELEGRAM_TOKEN', 'DISCORD_TOKEN'];
  if (!secret || secret.failure === null) return start.noToken(tokens);
  return start.noTokenNorSecret(tokens, secret.name, secret.failure);
}

/** What whoever runs the program can mend, in one line; null for a bug. */
function knownFailure(
  error: unknown,
  { defaultLanguage, stateFolder, host, port }: Config,
): { readonly line: string; readonly code: number } | null {
  const { start } = LANGUAGES[defaultLanguage];
  const { wrongUsage, cannotStart, somebodyElse } = EXIT_CODES;
  if (error instanceof TokenRefusedError) {
    const { platform } = error;
    return { line: start.refusedToken(platform, `${platform.toUpperCase()}_TOKEN`), code: wrongUsage };
  }
  if (error instanceof IntentsRefusedError)
    return { line: start.refusedIntents('Discord'), code: wrongUsage };
  if (error instanceof GatewayClosedError && error.isOfShards) {
    return { line: start.unusableSettings(['DISCORD_SHARDS']), code: wrongUsage };
  }
  if (error instanceof WebhookRefusedError) {
    return { line: start.unusableSettings(['TELEGRAM_WEBHOOK_URL']), code: wrongUsage };
  }
  if (error instanceof OtherPollerError) return { line: start.otherPoller('Telegram'), code: somebodyElse };
  if (error instanceof ListenError) return { line: start.unusablePort(host, port), code: wrongUsage };
  if (error instanceof StateError || error instanceof SigningSecretError) {
    return { line: start.unusableState(stateFolder, error.message), code: wrongUsage };
  }
  if (error instanceof PlaylistsFileError) {
    return { line: start.unusablePlaylists(error.message), code: wrongUsage };
  }
  if (error instanceof ModelError) return { line: start.unusableModel(error.message), code: cannotStart };
  return null;
}
