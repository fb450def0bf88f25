/** The objects of the Bot API that the tests look at, as loosely as they need; `specProblems` knows them exactly. */

export interface TelegramUser {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
}

export interface TelegramChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title?: string;
  readonly first_name?: string;
  readonly username?: string;
  readonly is_forum?: boolean;
}

export interface TelegramEntity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly custom_emoji_id?: string;
  readonly user?: TelegramUser;
}

export interface TelegramFile {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_size?: number;
}

export interface PhotoSize extends TelegramFile {
  readonly width: number;
  readonly height: number;
}

export interface InlineButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
  readonly switch_inline_query?: string;
  readonly switch_inline_query_current_chat?: string;
  readonly [field: string]: unknown;
}

export interface InlineKeyboard {
  readonly inline_keyboard: readonly (readonly InlineButton[])[];
}

export interface TelegramMessage {
  readonly message_id: number;
  readonly date: number;
  readonly chat: TelegramChat;
  readonly from?: TelegramUser;
  readonly message_thread_id?: number;
  readonly is_topic_message?: boolean;
  readonly media_group_id?: string;
  readonly text?: string;
  readonly entities?: readonly TelegramEntity[];
  readonly caption?: string;
  readonly caption_entities?: readonly TelegramEntity[];
  readonly photo?: readonly PhotoSize[];
  readonly document?: TelegramFile & { readonly file_name?: string; readonly mime_type?: string };
  readonly reply_to_message?: TelegramMessage;
  readonly reply_markup?: InlineKeyboard;
  readonly link_preview_options?: { readonly is_disabled?: boolean; readonly url?: string };
  readonly edit_date?: number;
  readonly [field: string]: unknown;
}

export interface CallbackQuery {
  readonly id: string;
  readonly from: TelegramUser;
  readonly message?: TelegramMessage;
  readonly inline_message_id?: string;
  readonly data?: string;
}

export interface TelegramUpdate {
  readonly update_id: number;
  readonly message?: TelegramMessage;
  readonly callback_query?: CallbackQuery;
  readonly inline_query?: { readonly id: string; readonly from: TelegramUser; readonly query: string };
  readonly chosen_inline_result?: {
    readonly result_id: string;
    readonly from: TelegramUser;
    readonly query: string;
    readonly inline_message_id?: string;
  };
  readonly [kind: string]: unknown;
}

/** An update with a message in it. */
export type MessageUpdate = TelegramUpdate & { readonly message: TelegramMessage };
