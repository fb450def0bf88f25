import type { Log } from '../core/chat-ports.ts';

/** Music goes on without the disk: what `work` throws is logged, and null comes instead. */
export function unlessDiskFails<T>(work: () => T, log: Log): T | null {
  try {
    return work();
  } catch (error) {
    log.error('what is known of playlists cannot be read or kept', { error });
    return null;
  }
}
