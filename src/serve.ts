import { acceptWhileHeld } from './accept-while-held.ts';
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
import type { LeaderLease } from './services/leader-lease.ts';
import { sleep } from './services/sleep.ts';
import type { TellAdmin } from './services/youtube-dead-lists.ts';
import { createTellAdmin } from './tell-admin.ts';
import { createTellForgotten } from './tell-forgotten.ts';
import { type Chats, wireChats } from './wire-chats.ts';

/** What was accepted has this long to be answered when the program stops; what is left stays in the inbox. */
const DRAIN_MS = 17_000;
/** From when it is asked to stop: whatever came before the drain takes of its time. The rest is for what comes after. */
const DRAINED_WITHIN_MS = 21_000;

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
 * Goes on with what was accepted, waits until no other instance answers, then serves the chats until the signal aborts,
 * finishes what it can and closes all in order. Throws what it cannot start or go on with: ModelError, StateError, SigningSecretError, ListenError,
 * TokenRefusedError, IntentsRefusedError, WebhookRefusedError, OtherPollerError, PlaylistsFileError.
 */
export async function serve(
  config: Config,
  { log, credentials, lost }: ServeTools,
  signal: AbortSignal,
): Promise<void> {
  await using closing = new AsyncDisposableStack();
  const state = await openState({ ...config, ...timing, log }, closing, signal);
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
  const lease = await openLease({ storeTable: config.storeTable, ...timing, log, lost });
  closing.defer(() => lease.release());
  let drainedBy = Number.POSITIVE_INFINITY;
  closing.defer(() => worker.drain(Math.max(0, Math.min(DRAIN_MS, drainedBy - clock()))));
  tell = createTellForgotten({ inbox: state.inbox, worker, platforms, calendar });
  tellAdmin = createTellAdmin({ admin: config.admin, platforms, language: config.defaultLanguage, log });
  const health = await listen({ config, lease, platforms, metrics: state.telemetry, log }, closing);
  const figures = () => opened.figures();
  const over = new AbortController();
  closing.defer(() => over.abort());
  const untilOver = AbortSignal.any([signal, over.signal]);
  const systemd = openSystemd({ config: config.systemd, health, figures, sleep, log }, untilOver);
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  const stopAll = async () => void (await Promise.all(Object.values(platforms).map((one) => one.stop())));
  closing.defer(stopAll);
  stopped.then(() => {
    drainedBy = clock() + DRAINED_WITHIN_MS;
    return stopAll();
  });
  try {
    await purgeHourly([state.inbox, state.store, state.trials, outside, opened], log, closing);
    signal.throwIfAborted();
    for (const part of [outside, opened]) part.start();
    // what this one has accepted before is in its own folder: no other instance answers that
    worker.wake();
    await lease.take(() => systemd.standingBy(), signal);
    await Promise.race([stopped, receive(chats, lease, systemd)]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  log.info('stopping');
}

/** Until no platform goes on. Throws what one of them cannot start or go on with. */
async function receive(
  { platforms, reception }: Chats,
  lease: LeaderLease,
  systemd: SystemdReport,
): Promise<void> {
  const all: readonly ChatPlatform[] = Object.values(platforms);
  const accept = acceptWhileHeld(lease, (incoming) => reception.receive(incoming));
  const starts = all.map((platform) => platform.start(accept));
  systemd.connecting(Promise.all(starts));
  const run = async (platform: ChatPlatform, index: number) => {
    await starts[index];
    await platform.ended;
  };
  await Promise.all(all.map(run));
}
