export type Json = Readonly<Record<string, unknown>>;

export interface DiscordUser {
  readonly id: string;
  readonly username: string;
  readonly discriminator: string;
  readonly global_name: string | null;
  readonly avatar: string | null;
  readonly bot: boolean;
  readonly flags: number;
  readonly public_flags: number;
  readonly primary_guild: null;
}

/** A file as a message or an interaction tells it. */
export interface DiscordAttachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly url: string;
  readonly proxy_url: string;
  readonly content_type?: string;
  readonly width?: number;
  readonly height?: number;
  readonly description?: string;
  readonly ephemeral?: boolean;
  readonly flags?: number;
  readonly duration_secs?: number;
  readonly waveform?: string;
}

/** A picture or file inside a component; as asked for it has no more than `url`. */
export interface Media {
  readonly url: string;
  readonly id?: string;
  readonly proxy_url?: string;
  readonly width?: number | null;
  readonly height?: number | null;
  readonly content_type?: string;
  readonly attachment_id?: string;
}

export interface SelectOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
  readonly default?: boolean | null;
}

/** Any component, with the fields of all. */
export interface Component {
  readonly type: number;
  readonly id?: number | null;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly items?: readonly GalleryItem[];
  readonly media?: Media;
  readonly file?: Media;
  /** Of a file component, as Discord tells it. */
  readonly name?: string | null;
  readonly size?: number | null;
  readonly description?: string | null;
  readonly content?: string;
  readonly custom_id?: string | null;
  readonly label?: string | null;
  readonly emoji?: Json | null;
  readonly url?: string | null;
  readonly style?: number;
  readonly disabled?: boolean | null;
  readonly placeholder?: string | null;
  readonly options?: readonly SelectOption[];
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly accent_color?: number | null;
  readonly spoiler?: boolean | null;
}

export interface GalleryItem {
  readonly media: Media;
  readonly description?: string | null;
  readonly spoiler?: boolean | null;
}

export interface MessageReference {
  readonly type?: number;
  readonly message_id?: string;
  readonly channel_id?: string;
  readonly guild_id?: string;
  readonly fail_if_not_exists?: boolean | null;
}

export interface DiscordMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly guild_id?: string;
  readonly author: DiscordUser;
  readonly member?: Json;
  readonly content: string;
  readonly timestamp: string;
  readonly edited_timestamp: string | null;
  readonly tts: boolean;
  readonly mention_everyone: boolean;
  readonly mentions: readonly DiscordUser[];
  readonly mention_roles: readonly string[];
  readonly attachments: readonly DiscordAttachment[];
  readonly embeds: readonly unknown[];
  readonly pinned: boolean;
  readonly type: number;
  readonly flags: number;
  readonly components: readonly Component[];
  readonly nonce?: string | number;
  readonly webhook_id?: string;
  readonly application_id?: string;
  readonly message_reference?: MessageReference;
  readonly referenced_message?: DiscordMessage | null;
  readonly interaction_metadata?: Json;
  /** What a forward shows. */
  readonly message_snapshots?: readonly { readonly message: MessageSnapshot }[];
}

/** What a forward tells of a message: neither who wrote it nor its id. */
export type MessageSnapshot = Pick<
  DiscordMessage,
  | 'type'
  | 'content'
  | 'embeds'
  | 'attachments'
  | 'timestamp'
  | 'edited_timestamp'
  | 'flags'
  | 'mentions'
  | 'mention_roles'
  | 'components'
>;

/** What a message's body may hold, of those fields that are looked at. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly unknown[] | null;
  readonly components?: readonly Component[] | null;
  readonly attachments?: readonly AttachmentBody[] | null;
  readonly flags?: number | null;
  readonly allowed_mentions?: Json | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: MessageReference | null;
  readonly poll?: unknown;
  readonly sticker_ids?: readonly string[] | null;
  readonly tts?: boolean | null;
}

export interface AttachmentBody {
  readonly id: string;
  readonly filename?: string | null;
  readonly description?: string | null;
  readonly is_spoiler?: boolean | null;
}

export const ComponentType = {
  row: 1,
  button: 2,
  stringSelect: 3,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
} as const;

export const Flag = {
  crossposted: 1,
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  voice: 1 << 13,
  hasSnapshot: 1 << 14,
  componentsV2: 1 << 15,
} as const;
