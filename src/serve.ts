import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import { encodeAction } from './core/action.ts';
import type { Log } from './core/chat-ports.ts';
import type { JobRunnerDependencies } from './core/job-runner.ts';
import { PHOTOS_PER_ASKER, Reception } from './core/reception.ts';
import { createWorker } from './core/worker.ts';
import { createPersonOf } from './create-person-of.ts';
import { isAdminOf } from './is-admin-of.ts';
import { type OpenArchiveOptions, openArchive } from './open-archive.ts';
import { openOutside } from './open-outside.ts';
import { openPlatforms, type Platforms } from './open-platforms.ts';
import { openStore } from './open-store.ts';
import type { ChatPlatform } from './platforms/chat-platform.ts';
import { purgeHourly } from './purge-hourly.ts';
import type { ChangingCredentials } from './services/credentials.ts';
import { createHttpServer, type Health, type Webhook } from './services/http-server.ts';
import { createAllowance } from './services/memory-allowance.ts';
import { createPrometheusTelemetry } from './services/prometheus-telemetry.ts';
import { createMac, loadSigningSecret } from './services/signing-keys.ts';
import { sleep } from './services/sleep.ts';
import { openDatabase } from './services/sqlite-database.ts';
import { createSqliteInbox } from './services/sqlite-inbox.ts';
import { createSqliteReadingTrials } from './services/sqlite-reading-trials.ts';
import { holdStateFolder } from './services/state-lock.ts';
import type { TellAdmin } from './services/youtube-dead-lists.ts';
import { createTellAdmin } from './tell-admin.ts';
import { createTellForgotten } from './tell-forgotten.ts';

const MINUTE_MS = 60_000;
/** What was accepted has this long to be answered when the program stops; what is left stays in the inbox. */
const DRAIN_MS = 17_000;
const RESULT_ID_LENGTH = 16;
/** An instance that was told to stop is gone by then. */
const LAST_INSTANCE_MS = 30_000;
/** Of one thread, about. */
const PHOTOS_A_SECOND = 15;

const clock = () => performance.now();
const calendar = () => Date.now();
const timing = { clock, calendar, sleep };

export interface ServeTools {
  readonly log: Log;
  readonly credentials: ChangingCredentials;
}

/**
 * Serves the chats until the signal aborts, then finishes what was accepted and closes all in order. Throws what it cannot
 * start or go on with: ModelError, StateError, SigningSecretError, ListenError, TokenRefusedError, IntentsRefusedError,
 * WebhookRefusedError, OtherPollerError, PlaylistsFileError.
 */
export async function serve(
  config: Config,
  { log, credentials }: ServeTools,
  signal: AbortSignal,
): Promise<void> {
  await using closing = new AsyncDisposableStack();
  const state = await openState(config, log, closing, signal);
  let tellAdmin: TellAdmin = async () => {};
  const outside = await openOutside({
    ...{ config, credentials, log, ...timing, ...state },
    tellAdmin: (dead) => tellAdmin(dead),
  });
  closing.defer(() => outside.close());
  const app = await createApp({ outside, guard: { trials: state.trials, log } });
  closing.defer(() => app.close());
  let tell: OpenArchiveOptions['tell'] = async () => {};
  const opened = await openArchive({
    ...{ config: config.archive, stateFolder: config.stateFolder, log, ...timing, ...state },
    tell: (request, key) => tell(request, key),
  });
  closing.defer(() => opened.close());
  await purgeHourly([state.inbox, state.store, state.trials, outside, opened], log, closing);
  const kept = { archive: opened.archive, records: outside.records };
  const { platforms, reception, worker } = wireChats(config, { ...state, ...kept, app, log, credentials });
  closing.defer(() => worker.drain(DRAIN_MS));
  tell = createTellForgotten({ inbox: state.inbox, worker, platforms, calendar });
  tellAdmin = createTellAdmin({ admin: config.admin, platforms, language: config.defaultLanguage, log });
  const server = createHttpServer({
    host: config.host,
    port: config.port,
    health: async () => healthOf(platforms),
    metrics: state.telemetry,
    log,
    ...webhookOf(config, platforms),
  });
  const { port } = await server.listen();
  closing.defer(() => server.close());
  log.info('listening', { host: config.host, port });
  const all: readonly ChatPlatform[] = Object.values(platforms);
  const stopAll = async () => void (await Promise.all(all.map((platform) => platform.stop())));
  closing.defer(stopAll);
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  stopped.then(stopAll);
  if (signal.aborted) return;
  worker.wake();
  outside.start();
  opened.start();
  const run = async (platform: ChatPlatform) => {
    await platform.start((incoming) => reception.receive(incoming));
    await platform.ended;
  };
  try {
    await Promise.race([stopped, Promise.all(all.map(run))]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  log.info('stopping');
}

function healthOf(platforms: Platforms): Health {
  return Object.fromEntries(Object.entries(platforms).map(([name, platform]) => [name, platform.health()]));
}

function webhookOf({ telegram: settings }: Config, { telegram }: Platforms): { webhook?: Webhook } {
  if (!settings?.webhook || !telegram) return {};
  const { url, secret } = settings.webhook;
  return {
    webhook: { path: new URL(url).pathname, secret, handle: (update) => telegram.current.handle(update) },
  };
}

type State = Awaited<ReturnType<typeof openState>>;

/** What outlives the program, and what is counted. */
async function openState(
  { stateFolder, signingSecret, storeTable }: Config,
  log: Log,
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

type WireOptions = State &
  ServeTools & { readonly app: App } & Pick<JobRunnerDependencies, 'archive' | 'records'>;

function wireChats(
  config: Config,
  { secret, inbox, store, telemetry, app, log, credentials, ...kept }: WireOptions,
) {
  const mac = createMac(secret, 'buttons');
  const resultMac = createMac(secret, 'result ids');
  const common = { defaultLanguage: config.defaultLanguage, telemetry, log, ...timing };
  const platforms = openPlatforms(
    config,
    { ...common, encode: (action) => encodeAction(action, mac) },
    credentials,
  );
  const lanes = {
    // downloading takes no thread
    photo: { slots: app.threads + 4, perAsker: PHOTOS_PER_ASKER },
    quick: { slots: 16, perAsker: 4 },
  };
  const resultId = (key: string) => resultMac(key, RESULT_ID_LENGTH);
  const people = {
    personOf: createPersonOf(createMac(secret, 'pseudonyms')),
    isAdmin: isAdminOf(config.admin),
  };
  const storedIn = config.storeTable === null ? 'here' : 'aws';
  const facts = { ...people, mac, resultId, storedIn } as const;
  const worker = createWorker({ lanes }, { ...app, ...common, ...kept, ...facts, inbox, store, platforms });
  const allowances = {
    photos: createAllowance({ points: 20, perMs: MINUTE_MS }),
    chat: {
      // it takes no more messages a minute in a group: https://core.telegram.org/bots/faq
      telegram: createAllowance({ points: 20, perMs: MINUTE_MS }),
      // five in five seconds in a channel; answers to commands are outside that
      discord: createAllowance({ points: 60, perMs: MINUTE_MS }),
    },
    quick: createAllowance({ points: 60, perMs: MINUTE_MS }),
    hints: createAllowance({ points: 1, perMs: 10 * MINUTE_MS }),
    refusals: createAllowance({ points: 1, perMs: MINUTE_MS / 6 }),
  };
  const worthTelling = app.threads * PHOTOS_A_SECOND;
  const parts = { inbox, worker, platforms, allowances, worthTelling };
  const reception = new Reception({ ...parts, calendar, telemetry, log });
  return { platforms, reception, worker };
}
