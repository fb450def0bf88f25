import type { Log, Sleep } from './core/chat-ports.ts';
import { isHealthy } from './services/is-healthy.ts';
import type { Notify } from './services/systemd-notify.ts';

export interface ReportToSystemdOptions {
  /** Within which it wants to hear that the program is well; null: it does not. */
  readonly watchdogMs: number | null;
  readonly notify: Notify;
  /** As /healthz tells it. */
  health(): Promise<Readonly<Record<string, { readonly ok: boolean }>>>;
  /** For the line that says that all is well; may throw. */
  figures(): Readonly<Record<string, number>>;
  readonly sleep: Sleep;
  readonly log: Log;
}

export interface SystemdReport {
  /** The program listens and connects: it is ready when `started` resolves, and after 20 s at the latest. */
  connecting(started: Promise<unknown>): void;
  /** It is ready, for it has nothing to do before another instance is gone. */
  standingBy(): void;
}

/** A platform that cannot be reached is waited for without end: systemd, which waits before it goes on, is not to. */
const READY_WITHIN_MS = 20_000;
const MINUTE_MS = 60_000;

/**
 * Tells systemd how the program is, until the signal aborts, which it is told, too. From when it is ready it hears that all
 * is well every third of its watchdog's time, and the log has a line `healthy` every minute: neither while the health check
 * fails. https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
 */
export function reportToSystemd(options: ReportToSystemdOptions, signal: AbortSignal): SystemdReport {
  const { watchdogMs, notify, health, figures, sleep, log } = options;
  let status = '';

  async function every(ms: number, act: () => unknown): Promise<void> {
    for (;;) {
      if (await isWell()) await act();
      await sleep(ms, signal);
    }
  }

  async function isWell(): Promise<boolean> {
    try {
      return isHealthy(await health());
    } catch (error) {
      log.error('The health check failed.', { error });
      return false;
    }
  }

  function sayHealthy(): void {
    try {
      log.info('healthy', figures());
    } catch (error) {
      log.error('what waits for the archive cannot be counted', { error });
    }
  }

  function is(next: string): void {
    if (signal.aborted || next === status) return;
    const isFirst = status === '';
    status = next;
    notify(...(isFirst ? ['READY=1'] : []), `STATUS=${next}`);
    if (!isFirst) return;
    const ended = () => {}; // the signal
    every(MINUTE_MS, sayHealthy).catch(ended);
    if (watchdogMs !== null) every(watchdogMs / 3, () => notify('WATCHDOG=1')).catch(ended);
  }

  signal.addEventListener('abort', () => notify('STOPPING=1', 'STATUS=stopping'));
  return {
    connecting(started) {
      const failed = () => {}; // the program ends with it
      started.then(() => is('answering'), failed);
      sleep(READY_WITHIN_MS, signal).then(() => is(status === '' ? 'connecting' : status), failed);
    },
    standingBy: () => is('standing by: another instance answers'),
  };
}
