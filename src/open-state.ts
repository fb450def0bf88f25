import type { Config } from './config.ts';
import type { Calendar, Log, Sleep } from './core/chat-ports.ts';
import { openStore } from './open-store.ts';
import { createPrometheusTelemetry } from './services/prometheus-telemetry.ts';
import { loadSigningSecret } from './services/signing-keys.ts';
import { openDatabase } from './services/sqlite-database.ts';
import { createSqliteInbox } from './services/sqlite-inbox.ts';
import { createSqliteReadingTrials } from './services/sqlite-reading-trials.ts';
import { holdStateFolder } from './services/state-lock.ts';

export interface OpenStateOptions extends Pick<Config, 'stateFolder' | 'signingSecret' | 'storeTable'> {
  readonly calendar: Calendar;
  readonly sleep: Sleep;
  readonly log: Log;
}

export type State = Awaited<ReturnType<typeof openState>>;

/** An instance that was told to stop is gone by then. */
const LAST_INSTANCE_MS = 30_000;

/**
 * What outlives the program, and what is counted, for this process alone; it is closed with `closing`. Throws StateError,
 * SigningSecretError, the signal's reason.
 */
export async function openState(
  { stateFolder, signingSecret, storeTable, calendar, sleep, log }: OpenStateOptions,
  closing: AsyncDisposableStack,
  signal: AbortSignal,
) {
  const free = await holdStateFolder({ stateFolder, waitMs: LAST_INSTANCE_MS, sleep, log }, signal);
  closing.defer(free);
  const database = openDatabase(stateFolder);
  closing.defer(() => database.close());
  const secret = await loadSigningSecret({ secret: signingSecret, stateFolder });
  const inbox = createSqliteInbox({ database, calendar });
  const trials = createSqliteReadingTrials({ database, calendar });
  const store = await openStore({ database, storeTable, calendar });
  closing.defer(() => store.close());
  const telemetry = createPrometheusTelemetry({ queue: () => inbox.depth() });
  closing.defer(() => telemetry.close());
  return { database, secret, inbox, trials, store, telemetry };
}
