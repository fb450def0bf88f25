import type { InlineButton, TelegramEntity, TelegramMessage } from './telegram-types.ts';

/** A message as it is now. */
export interface SeenMessage {
  readonly chatId: number;
  readonly id: number;
  /** Its text or caption as people see it. */
  readonly text: string;
  readonly entities: readonly TelegramEntity[];
  /** The bytes of the photo the bot has put there. */
  readonly photo: Buffer | undefined;
  /** The bytes of the file the bot has put there. */
  readonly document: Buffer | undefined;
  /** The rows of its inline keyboard; empty where it has none. */
  readonly keyboard: readonly (readonly InlineButton[])[];
  readonly threadId: number | undefined;
  readonly replyTo: number | undefined;
  readonly fromBot: boolean;
  readonly deleted: boolean;
  /** How often it was edited. */
  readonly edits: number;
  /** The link whose preview is shown; undefined where there is none. */
  readonly preview: string | undefined;
  /** As the Bot API tells it. */
  readonly raw: TelegramMessage;
}

interface Stored {
  raw: TelegramMessage;
  photo: Buffer | undefined;
  document: Buffer | undefined;
  fromBot: boolean;
  deleted: boolean;
  edits: number;
}

/** The bytes of what a message shows. */
export interface Media {
  readonly photo?: Buffer | undefined;
  readonly document?: Buffer | undefined;
}

/** What a message gets beside its content. */
interface Posting extends Media {
  readonly fromBot?: boolean;
}

/** The messages of all chats, and those sent inline, which live under an id of their own. */
export class MessageStore {
  readonly #chats = new Map<number, Map<number, Stored>>();
  readonly #inline = new Map<string, Stored>();

  /** The number the next message of a chat gets: every chat counts for itself. */
  nextId(chatId: number): number {
    return this.#of(chatId).size + 1;
  }

  add(raw: TelegramMessage, { photo, document, fromBot = false }: Posting = {}): TelegramMessage {
    const stored = { raw, photo, document, fromBot, deleted: false, edits: 0 };
    this.#of(raw.chat.id).set(raw.message_id, stored);
    return raw;
  }

  addInline(inlineId: string, raw: TelegramMessage): void {
    const none = { photo: undefined, document: undefined };
    this.#inline.set(inlineId, { raw, ...none, fromBot: true, deleted: false, edits: 0 });
  }

  /** A message that is there and not deleted. */
  find(chatId: number, messageId: unknown): SeenMessage | undefined {
    const seen = this.look(chatId, Number(messageId));
    return seen?.deleted ? undefined : seen;
  }

  /** The same for one that may be deleted. */
  look(chatId: number, messageId: number): SeenMessage | undefined {
    const stored = this.#of(chatId).get(messageId);
    return stored && see(stored);
  }

  inline(inlineId: unknown): SeenMessage | undefined {
    const stored = this.#inline.get(String(inlineId));
    return stored && see(stored);
  }

  /** Every message of a chat, oldest first, deleted ones included. */
  all(chatId: number): readonly SeenMessage[] {
    return [...this.#of(chatId).values()].map(see);
  }

  /** Puts new content in the place of the old. `inlineId` is for a message sent inline. */
  edit(raw: TelegramMessage, { photo, document }: Media, inlineId?: string): TelegramMessage {
    const stored =
      inlineId === undefined ? this.#of(raw.chat.id).get(raw.message_id) : this.#inline.get(inlineId);
    if (stored) Object.assign(stored, { raw, photo, document, edits: stored.edits + 1 });
    return raw;
  }

  /** Whether there was something to delete. */
  delete(chatId: number, messageId: number): boolean {
    const stored = this.#of(chatId).get(messageId);
    if (!stored || stored.deleted) return false;
    stored.deleted = true;
    return true;
  }

  #of(chatId: number): Map<number, Stored> {
    const messages = this.#chats.get(chatId) ?? new Map<number, Stored>();
    this.#chats.set(chatId, messages);
    return messages;
  }
}

function see({ raw, photo, document, fromBot, deleted, edits }: Stored): SeenMessage {
  return {
    chatId: raw.chat.id,
    id: raw.message_id,
    text: raw.text ?? raw.caption ?? '',
    entities: raw.entities ?? raw.caption_entities ?? [],
    photo,
    document,
    keyboard: raw.reply_markup?.inline_keyboard ?? [],
    threadId: raw.message_thread_id,
    replyTo: raw.reply_to_message?.message_id,
    fromBot,
    deleted,
    edits,
    preview: previewOf(raw),
    raw,
  };
}

/** The link whose preview a message shows: only a text has one, of the link that was asked for, else of its first one. */
export function previewOf({
  text,
  entities = [],
  link_preview_options: options,
}: TelegramMessage): string | undefined {
  if (text === undefined || options?.is_disabled) return undefined;
  if (options?.url) return options.url;
  const first = entities.find(({ type }) => type === 'text_link' || type === 'url');
  return first && (first.url ?? text.slice(first.offset, first.offset + first.length));
}
