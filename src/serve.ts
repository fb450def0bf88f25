import { createApp } from './app.ts';
import type { Config } from './config.ts';
import type { Log } from './core/chat-ports.ts';
import { listen } from './listen.ts';
import { type OpenArchiveOptions, openArchive } from './open-archive.ts';
import { openLease } from './open-lease.ts';
import { openOutside } from './open-outside.ts';
import { openState } from './open-state.ts';
import { openSystemd } from './open-systemd.ts';
import type { ChatPlatform } from './platforms/chat-platform.ts';
import { purgeHourly } from './purge-hourly.ts';
import type { SystemdReport } from './report-to-systemd.ts';
import type { ChangingCredentials } from './services/credentials.ts';
import { sleep } from './services/sleep.ts';
import type { TellAdmin } from './services/youtube-dead-lists.ts';
import { createTellAdmin } from './tell-admin.ts';
import { createTellForgotten } from './tell-forgotten.ts';
import { type Chats, wireChats } from './wire-chats.ts';

/** What was accepted has this long to be answered when the program stops; what is left stays in the inbox. */
const DRAIN_MS = 17_000;

const clock = () => performance.now();
const calendar = () => Date.now();
const timing = { clock, calendar, sleep };

export interface ServeTools {
  readonly log: Log;
  readonly credentials: ChangingCredentials;
  /** Another instance may answer from now on: the signal is to abort. Called once at most. */
  lost(): void;
}

/**
 * Waits until no other instance answers, then serves the chats until the signal aborts, finishes what was accepted and closes
 * all in order. Throws what it cannot start or go on with: ModelError, StateError, SigningSecretError, ListenError,
 * TokenRefusedError, IntentsRefusedError, WebhookRefusedError, OtherPollerError, PlaylistsFileError.
 */
export async function serve(
  config: Config,
  { log, credentials, lost }: ServeTools,
  signal: AbortSignal,
): Promise<void> {
  await using closing = new AsyncDisposableStack();
  const state = await openState({ ...config, ...timing, log }, closing, signal);
  const lease = await openLease({ storeTable: config.storeTable, ...timing, log, lost });
  closing.defer(() => lease.release());
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
  const kept = { archive: opened.archive, records: outside.records };
  const chats = wireChats(config, { ...state, ...kept, ...timing, app, log, credentials });
  const { platforms, worker } = chats;
  closing.defer(() => worker.drain(DRAIN_MS));
  tell = createTellForgotten({ inbox: state.inbox, worker, platforms, calendar });
  tellAdmin = createTellAdmin({ admin: config.admin, platforms, language: config.defaultLanguage, log });
  const health = await listen({ config, lease, platforms, metrics: state.telemetry, log }, closing);
  const figures = () => opened.figures();
  const systemd = openSystemd({ config: config.systemd, health, figures, sleep, log }, signal);
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  const stopAll = async () => void (await Promise.all(Object.values(platforms).map((one) => one.stop())));
  closing.defer(stopAll);
  stopped.then(stopAll);
  try {
    await lease.take(() => systemd.standingBy(), signal);
    await purgeHourly([state.inbox, state.store, state.trials, outside, opened], log, closing);
    signal.throwIfAborted();
    for (const part of [outside, opened]) part.start();
    worker.wake();
    await Promise.race([stopped, receive(chats, systemd)]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  log.info('stopping');
}

/** Until no platform goes on. Throws what one of them cannot start or go on with. */
async function receive({ platforms, reception }: Chats, systemd: SystemdReport): Promise<void> {
  const all: readonly ChatPlatform[] = Object.values(platforms);
  const starts = all.map((platform) => platform.start((incoming) => reception.receive(incoming)));
  systemd.connecting(Promise.all(starts));
  const run = async (platform: ChatPlatform, index: number) => {
    await starts[index];
    await platform.ended;
  };
  await Promise.all(all.map(run));
}
