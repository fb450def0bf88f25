import type { Log } from './core/chat-ports.ts';

const HOUR_MS = 60 * 60_000;

/** Has each part forget what is old: now, before this resolves, and every hour until `closing` is disposed of. */
export async function purgeHourly(
  parts: readonly { purge(): Promise<void> | void }[],
  log: Log,
  closing: AsyncDisposableStack,
): Promise<void> {
  const purge = async () => {
    for (const part of parts) {
      try {
        await part.purge();
      } catch (error) {
        log.error('what is old could not be forgotten', { error });
      }
    }
  };
  await purge();
  const hourly = setInterval(purge, HOUR_MS);
  closing.defer(() => clearInterval(hourly));
}
