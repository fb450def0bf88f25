import { badRequest, Refusal } from './refusal.ts';
import type { TelegramChat, TelegramUser } from './telegram-types.ts';

/** A chat the bot can write to. */
export interface Chat {
  readonly id: number;
  readonly chat: TelegramChat;
  /** Thread ids of its topics, with their names. */
  readonly topics: Map<number, string>;
  readonly admins: readonly TelegramUser[];
}

export interface UserOptions {
  readonly id?: number;
  readonly firstName?: string;
  readonly username?: string;
  readonly languageCode?: string;
  readonly isBot?: boolean;
}

export interface GroupOptions {
  readonly id?: number;
  readonly title?: string;
  /** Whether it has topics. */
  readonly forum?: boolean;
  /** A group of the old kind, whose id changes when it becomes a supergroup. */
  readonly basic?: boolean;
  /** The first one is the owner. */
  readonly admins?: readonly TelegramUser[];
}

const RIGHTS = [
  'can_manage_chat',
  'can_delete_messages',
  'can_manage_video_chats',
  'can_restrict_members',
  'can_promote_members',
  'can_change_info',
  'can_invite_users',
  'can_post_stories',
  'can_edit_stories',
  'can_delete_stories',
];

/** The people and chats on the server. */
export class ChatStore {
  readonly #users = new Map<number, TelegramUser>();
  readonly #chats = new Map<number, Chat>();
  readonly #blocked = new Set<number>();
  readonly #movedTo = new Map<number, number>();
  #count = 0;

  addUser(options: UserOptions = {}): TelegramUser {
    this.#count += 1;
    const {
      id = 500_000_000 + this.#count,
      firstName = `Person ${this.#count}`,
      username,
      languageCode,
    } = options;
    const user: TelegramUser = {
      id,
      is_bot: options.isBot ?? false,
      first_name: firstName,
      ...(username && { username }),
      ...(languageCode && { language_code: languageCode }),
    };
    this.#users.set(id, user);
    return user;
  }

  /** The private chat of the bot with somebody: always the same one. */
  privateChat(user: TelegramUser): Chat {
    const { id, first_name, username } = user;
    const chat: TelegramChat = { id, type: 'private', first_name, ...(username && { username }) };
    return this.#chats.get(id) ?? this.#add(chat, []);
  }

  addGroup({ id, title, forum = false, basic = false, admins = [] }: GroupOptions = {}): Chat {
    this.#count += 1;
    const base = basic ? -4_000_000_000 : -1_001_000_000_000;
    const chat: TelegramChat = {
      id: id ?? base - this.#count,
      type: basic ? 'group' : 'supergroup',
      title: title ?? `Group ${this.#count}`,
      ...(forum && { is_forum: true }),
    };
    return this.#add(chat, admins);
  }

  /** Makes a supergroup of a group: from now on the old id only tells the new one. */
  migrate(old: Chat): Chat {
    const grown = this.addGroup({ title: old.chat.title ?? '', admins: old.admins });
    this.#movedTo.set(old.id, grown.id);
    return grown;
  }

  block(user: TelegramUser): void {
    this.#blocked.add(user.id);
  }

  unblock(user: TelegramUser): void {
    this.#blocked.delete(user.id);
  }

  /** The chat a call names. Throws Telegram's refusal where there is none. */
  get(chatId: unknown): Chat {
    const chat = this.#chats.get(Number(chatId));
    if (!chat) throw badRequest('chat not found');
    const movedTo = this.#movedTo.get(chat.id);
    if (movedTo === undefined) return chat;
    const parameters = { migrate_to_chat_id: movedTo };
    throw new Refusal('Bad Request: group chat was upgraded to a supergroup chat', { parameters });
  }

  /** The same for a message to post. */
  getForPosting(chatId: unknown, threadId: unknown): Chat {
    const chat = this.get(chatId);
    if (this.#blocked.has(chat.id)) {
      throw new Refusal('Forbidden: bot was blocked by the user', { code: 403 });
    }
    if (threadId !== undefined && !chat.topics.has(Number(threadId))) {
      throw badRequest('message thread not found');
    }
    return chat;
  }

  administrators(chatId: unknown): object[] {
    const { chat, admins } = this.get(chatId);
    if (chat.type === 'private') throw badRequest('there are no administrators in the private chat');
    return admins.map((user, index) => (index === 0 ? owner(user) : administrator(user)));
  }

  member(chatId: unknown, userId: unknown): object {
    const { admins } = this.get(chatId);
    const user = this.#users.get(Number(userId));
    if (!user) throw badRequest('user not found');
    const place = admins.findIndex(({ id }) => id === user.id);
    if (place === -1) return { status: 'member', user };
    return place === 0 ? owner(user) : administrator(user);
  }

  #add(chat: TelegramChat, admins: readonly TelegramUser[]): Chat {
    const added: Chat = { id: chat.id, chat, topics: new Map(), admins };
    this.#chats.set(chat.id, added);
    return added;
  }
}

function owner(user: TelegramUser): object {
  return { status: 'creator', user, is_anonymous: false };
}

function administrator(user: TelegramUser): object {
  const rights = Object.fromEntries(RIGHTS.map((right) => [right, true]));
  return { status: 'administrator', user, can_be_edited: false, is_anonymous: false, ...rights };
}
