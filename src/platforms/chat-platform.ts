import type { Platform } from '../core/chat-ports.ts';
import type { Receive } from '../core/reception.ts';

/** A platform as the program runs it. */
export interface ChatPlatform extends Platform {
  /**
   * Connects, however long that takes; from then on `receive` gets what people ask. Throws what cannot be mended by
   * waiting, such as a refused token, and the reason of the stop.
   */
  start(receive: Receive): Promise<void>;
  /** Resolves when it has stopped; rejects when it cannot go on. */
  readonly ended: Promise<void>;
  health(): { readonly ok: boolean; readonly detail: string };
  /** Takes nothing more; resolves when what came in is written down. */
  stop(): Promise<void>;
}
