import type { Chat, GroupOptions, UserOptions } from './chat-store.ts';
import { entitiesField, incomingMessage, type Sending } from './incoming-message.ts';
import {
  animationContent,
  type DocumentOptions,
  documentContent,
  type MediaOptions,
  type PhotoOptions,
  photoContent,
  type StickerOptions,
  stickerContent,
  videoContent,
} from './media-content.ts';
import { chooseResult, type Pressable, type PressOptions, pressButton } from './press-and-choose.ts';
import type { CallbackQuery, MessageUpdate, TelegramUpdate, TelegramUser } from './telegram-types.ts';
import type { World } from './world.ts';

/** One photo of an album. */
export interface AlbumItem {
  readonly bytes: Uint8Array;
  readonly caption?: string;
}

/** What people do. Everything returns the update that the bot gets. */
export class UserActions {
  protected readonly world: World;
  #albums = 0;

  constructor(world: World) {
    this.world = world;
  }

  user(options?: UserOptions): TelegramUser {
    return this.world.chats.addUser(options);
  }

  /** The chat of the bot with somebody; the bot can write to it from now on. */
  privateChat(user: TelegramUser): Chat {
    return this.world.chats.privateChat(user);
  }

  group(options?: GroupOptions): Chat {
    return this.world.chats.addGroup(options);
  }

  /** Opens a topic in a forum; returns its thread id. The bot is not told. */
  topic(chat: Chat, name = 'Topic'): number {
    const from = chat.admins[0] ?? this.user();
    const opened = { name, icon_color: 7_322_096 };
    const message = incomingMessage(this.world, { from, chat }, { forum_topic_created: opened });
    chat.topics.set(message.message_id, name);
    return message.message_id;
  }

  /** Makes a supergroup of a group: calls with the old id are refused with the new one. */
  migrate(chat: Chat): Chat {
    return this.world.chats.migrate(chat);
  }

  block(user: TelegramUser): void {
    this.world.chats.block(user);
  }

  unblock(user: TelegramUser): void {
    this.world.chats.unblock(user);
  }

  sendText(text: string, sending: Sending): MessageUpdate {
    return this.#send(sending, { text, ...entitiesField('entities', text) });
  }

  sendPhoto(bytes: Uint8Array, options: Sending & PhotoOptions): MessageUpdate {
    return this.#send(options, photoContent(this.world.files, bytes, options));
  }

  sendDocument(bytes: Uint8Array, options: Sending & DocumentOptions): MessageUpdate {
    return this.#send(options, documentContent(this.world.files, bytes, options));
  }

  sendSticker(options: Sending & StickerOptions): MessageUpdate {
    return this.#send(options, stickerContent(this.world.files, options));
  }

  sendAnimation(options: Sending & MediaOptions): MessageUpdate {
    return this.#send(options, animationContent(this.world.files, options));
  }

  sendVideo(options: Sending & MediaOptions): MessageUpdate {
    return this.#send(options, videoContent(this.world.files, options));
  }

  /** An album of photos: one update for each, with the same `media_group_id`. */
  sendAlbum(items: readonly AlbumItem[], sending: Sending): readonly MessageUpdate[] {
    this.#albums += 1;
    const mediaGroupId = `${14_000_000_000_000_000n + BigInt(this.#albums)}`;
    return items.map(({ bytes, caption }) =>
      this.sendPhoto(bytes, { ...sending, mediaGroupId, ...(caption !== undefined && { caption }) }),
    );
  }

  /**
   * Presses a button of a message, found by its text or its data, and throws where there is none such.
   * With `forged`, sends any data at all, as a client of one's own can.
   */
  press(
    message: Pressable,
    button: string,
    by: TelegramUser,
    options: PressOptions = {},
  ): TelegramUpdate & { readonly callback_query: CallbackQuery } {
    return this.world.updates.push(pressButton(this.world, message, button, by, options));
  }

  /** Types a query behind the bot's name. */
  inlineQuery(from: TelegramUser, query: string, { offset = '', chatType = 'sender' } = {}) {
    const id = this.world.queries.issue();
    return this.world.updates.push({ inline_query: { id, from, query, offset, chat_type: chatType } });
  }

  /** Picks one of the results the bot has offered; with a keyboard in it, it has an `inline_message_id` to edit. */
  chooseInlineResult(from: TelegramUser, resultId: string, query = '') {
    return this.world.updates.push(chooseResult(this.world, from, resultId, query));
  }

  /** Makes every open callback and inline query too old to answer. */
  expireQueries(): void {
    this.world.queries.expireAll();
  }

  /** Queues any other update; it gets its `update_id`, unless it has one. */
  pushUpdate<Content extends object>(content: Content): Content & TelegramUpdate {
    return this.world.updates.push(content);
  }

  #send(sending: Sending, content: object): MessageUpdate {
    return this.world.updates.push({ message: incomingMessage(this.world, sending, content) });
  }
}
