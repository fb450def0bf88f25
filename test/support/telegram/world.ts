import type { CallLog } from '../local-server/call-log.ts';
import { type Chat, ChatStore } from './chat-store.ts';
import { FileStore } from './file-store.ts';
import { MessageStore } from './message-store.ts';
import { badRequest, Refusal } from './refusal.ts';
import type { TelegramUser } from './telegram-types.ts';
import { UpdateQueue } from './update-queue.ts';

/** All the server knows: people, chats, files, messages, updates, queries. */
export class World {
  readonly bot: TelegramUser;
  readonly log: CallLog;
  readonly chats = new ChatStore();
  readonly files = new FileStore();
  readonly messages = new MessageStore();
  readonly updates = new UpdateQueue();
  readonly queries = new QueryStore();
  /** The results of answered inline queries by their id. */
  readonly inlineResults = new Map<string, Readonly<Record<string, unknown>>>();
  /** What the bot has told about itself: `commands`, `description`, … by scope and language. */
  readonly settings = new Map<string, unknown>();
  /** How many posts one group takes in how many milliseconds; no limit where undefined. */
  groupLimit: { readonly posts: number; readonly windowMs: number } | undefined;
  readonly #posts = new Map<number, number[]>();

  constructor(bot: TelegramUser, log: CallLog) {
    this.bot = bot;
    this.log = log;
  }

  /** Counts posts to a chat. Throws Telegram's refusal where they are too many. */
  countPosts({ id, chat }: Chat, count: number): void {
    if (!this.groupLimit || chat.type === 'private') return;
    const { posts, windowMs } = this.groupLimit;
    const now = performance.now();
    const recent = (this.#posts.get(id) ?? []).filter((at) => now - at < windowMs);
    this.#posts.set(id, recent);
    if (recent.length + count > posts) {
      throw tooManyRequests(Math.max(1, Math.ceil((windowMs - (now - (recent[0] ?? now))) / 1000)));
    }
    recent.push(...Array.from({ length: count }, () => now));
  }
}

/** Telegram's way to say "not so fast". */
export function tooManyRequests(retryAfter: number): Refusal {
  return new Refusal(`Too Many Requests: retry after ${retryAfter}`, {
    code: 429,
    parameters: { retry_after: retryAfter },
  });
}

/** Callback and inline queries that wait for their answer: each takes one. */
class QueryStore {
  readonly #open = new Set<string>();
  #count = 0;

  issue(): string {
    this.#count += 1;
    const id = `${4_000_000_000_000_000 + this.#count}`;
    this.#open.add(id);
    return id;
  }

  expireAll(): void {
    this.#open.clear();
  }

  answer(id: unknown): void {
    if (this.#open.delete(String(id))) return;
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
}
