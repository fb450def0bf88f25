import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import type { Log } from '../core/chat-ports.ts';

/** Tells systemd, such as `READY=1`. Resolves when it has it, or cannot be told. Never rejects. */
export type Notify = (...assignments: readonly string[]) => Promise<void>;

export interface SystemdNotifyOptions {
  readonly log: Log;
  /** For one call, in milliseconds; 5,000 unless told. */
  readonly limitMs?: number;
}

const LIMIT_MS = 5000;

const run = promisify(execFile);

/**
 * By the program of that name, for Node cannot write to systemd's socket, whose address it finds in the environment; the unit
 * needs NotifyAccess=all. https://www.freedesktop.org/software/systemd/man/latest/systemd-notify.html
 */
export function createSystemdNotify({ log, limitMs = LIMIT_MS }: SystemdNotifyOptions): Notify {
  const oneByOne = pLimit(1); // of two that run at once the later one may be the first to tell
  let hasFailed = false;
  async function tell(assignments: readonly string[]): Promise<void> {
    try {
      await run('systemd-notify', assignments, { timeout: limitMs, killSignal: 'SIGKILL' });
      hasFailed = false;
    } catch (error) {
      const { code, signal } = error as { readonly code?: unknown; readonly signal?: unknown };
      if (!hasFailed) log.warn('systemd cannot be told', { reason: String(signal ?? code) });
      hasFailed = true;
    }
  }
  return (...assignments) => oneByOne(tell, assignments);
}
