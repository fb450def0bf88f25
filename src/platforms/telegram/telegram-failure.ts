import { TelegramError } from 'telegraf';
import { OutletError, type OutletFailure } from '../../core/outlet-error.ts';
import { OutletRefusal } from '../../core/outlet-refusal.ts';
import { networkFailure } from '../network-failure.ts';
import { TokenRefusedError } from '../token-refused-error.ts';

/** Telegram said no to what was asked: a bug of ours, unless the caller knows the description. */
export class TelegramRefusal extends OutletRefusal {
  override readonly name = 'TelegramRefusal';
  readonly code: number;
  readonly description: string;
  /** Where the group went that became a supergroup. */
  readonly migratedTo: number | null;

  constructor(method: string, code: number, description: string, migratedTo: number | null) {
    super(`${method}: ${code} ${description}`);
    this.code = code;
    this.description = description;
    this.migratedTo = migratedTo;
  }

  /** Whether the description has one of these in it; Telegram has no finer codes. */
  says(...phrases: readonly string[]): boolean {
    const said = this.description.toLowerCase();
    return phrases.some((phrase) => said.includes(phrase));
  }
}

const GONE = [
  'chat not found',
  'user not found',
  'bot was kicked',
  'group chat was deleted',
  'message to edit not found',
  "message can't be edited",
  'message thread not found',
  'topic_closed',
  'topic_deleted',
  'not enough rights',
  'have no rights to send',
  'chat_write_forbidden',
  'peer_id_invalid',
];

/** The bot may write there, but post no photos, or no files. */
export const NO_ATTACHMENTS = [
  ...['not enough rights to send photos', 'chat_send_photos_forbidden'],
  ...['not enough rights to send documents', 'chat_send_docs_forbidden'],
];

/**
 * An error of telegraf's as one of ours: OutletError, or TelegramRefusal for what Telegram refuses. Takes only codes and
 * Telegram's own descriptions along: messages of network errors hold URLs, and those the token.
 */
export function telegramFailure(method: string, error: unknown): OutletError | TelegramRefusal {
  if (!(error instanceof TelegramError)) return networkFailure(method, error);
  const failed = (what: string, failure: OutletFailure) => new OutletError(`${method}: ${what}`, failure);
  const { code, description = '', parameters } = error;
  if (code === 429) {
    return failed('429', { kind: 'later', afterMs: (parameters?.retry_after ?? 1) * 1000 });
  }
  // a server in between, or Telegram in trouble: it may have been done
  if (code >= 500) return failed(`${code}`, { kind: 'unsure' });
  if (code === 401 || code === 404) return new TokenRefusedError('Telegram', method);
  const refusal = new TelegramRefusal(method, code, description, parameters?.migrate_to_chat_id ?? null);
  if (refusal.says(...NO_ATTACHMENTS)) return refusal;
  return code === 403 || refusal.says(...GONE) ? failed(`${code} ${description}`, { kind: 'gone' }) : refusal;
}
