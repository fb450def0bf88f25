import type { Log, Sleep } from './chat-ports.ts';

export interface WriteAtLastOptions {
  readonly log: Log;
  readonly sleep: Sleep;
  /** Between two tries. */
  readonly pauseMs: number;
}

/** Writes what must not be lost, however long the disk refuses it; once more at the most after the signal has aborted. Never rejects. */
export async function writeAtLast(
  write: () => Promise<void>,
  { log, sleep, pauseMs }: WriteAtLastOptions,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      log.error('the inbox cannot be written', { error });
      if (signal.aborted) return;
      await sleep(pauseMs, signal).catch(() => {});
    }
  }
}
