import type { Encode } from '../core/action.ts';
import type { Card } from '../core/card.ts';
import type { Calendar, Log, Platform, Sleep, Telemetry } from '../core/chat-ports.ts';
import type { Clock } from '../core/ports.ts';
import type { Receive } from '../core/reception.ts';

/** What every platform is made with. */
export interface PlatformTools {
  /** The data of a card's button. */
  readonly encode: Encode;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
}

export interface PlatformHealth {
  readonly ok: boolean;
  readonly detail: string;
  /** Since the connection last showed that it lives, where it has a heartbeat. */
  readonly heartbeatAgeMs?: number | undefined;
}

/** A platform as the program runs it. */
export interface ChatPlatform extends Platform {
  /**
   * Connects, however long that takes; from then on `receive` gets what people ask. Throws what cannot be mended by
   * waiting, such as a refused token, and the reason of the stop.
   */
  start(receive: Receive): Promise<void>;
  /** Resolves when it has stopped; rejects when it cannot go on. */
  readonly ended: Promise<void>;
  health(): PlatformHealth;
  /** Posts a card to somebody who has not asked: in a chat of Telegram, to a person on Discord, by its id. Throws as an outlet does. */
  tell(recipient: string, card: Card, signal: AbortSignal): Promise<void>;
  /** Takes nothing more; resolves when what came in is written down. */
  stop(): Promise<void>;
}
