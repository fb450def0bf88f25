import type { StoredAttachment } from './attachment-store.ts';
import {
  type Component,
  ComponentType,
  type DiscordMessage,
  Flag,
  type Json,
  type Media,
} from './discord-types.ts';
import { walk } from './walk-components.ts';

/** A message as it is now. */
export interface SeenMessage {
  readonly id: string;
  readonly channelId: string;
  readonly content: string;
  /** All there is to read: the content and every text display. */
  readonly text: string;
  readonly components: readonly Component[];
  /** The links that Discord shows a preview of, in order. */
  readonly previews: readonly string[];
  /** Every button, in order. */
  readonly buttons: readonly Component[];
  readonly selects: readonly Component[];
  /** Every picture of a gallery, with its bytes where they are on the server. */
  readonly pictures: readonly SeenPicture[];
  /** Every file of a file component, the same way. */
  readonly documents: readonly SeenFile[];
  /** The files it carries, shown or not, by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly flags: number;
  readonly isEphemeral: boolean;
  /** Whether it still says that the bot is thinking. */
  readonly isLoading: boolean;
  readonly isComponentsV2: boolean;
  readonly replyTo: string | undefined;
  readonly fromBot: boolean;
  readonly deleted: boolean;
  /** How often it was edited; what takes the place of "is thinking" counts, too. */
  readonly edits: number;
  /** What the last body said of mentions; undefined where it said nothing. */
  readonly allowedMentions: Json | undefined;
  /** As Discord tells it. */
  readonly raw: DiscordMessage;
}

export interface SeenFile {
  /** Of the file, where that is on the server. */
  readonly name: string | undefined;
  readonly spoiler: boolean;
  readonly url: string;
  readonly bytes: Buffer | undefined;
}

export interface SeenPicture extends SeenFile {
  readonly description: string | undefined;
}

export interface StoredMessage {
  raw: DiscordMessage;
  files: readonly StoredAttachment[];
  /** Who alone sees it. */
  readonly ephemeralFor: string | undefined;
  readonly fromBot: boolean;
  /** The interaction it answers. */
  readonly interactionId: string | undefined;
  deleted: boolean;
  edits: number;
  allowedMentions: Json | undefined;
}

type NewMessage = Pick<StoredMessage, 'raw'> & Partial<StoredMessage>;

/** The messages of all channels. */
export class MessageStore {
  readonly #byId = new Map<string, StoredMessage>();

  add(message: NewMessage): StoredMessage {
    const stored: StoredMessage = {
      files: [],
      ephemeralFor: undefined,
      fromBot: false,
      interactionId: undefined,
      deleted: false,
      edits: 0,
      allowedMentions: undefined,
      ...message,
    };
    this.#byId.set(stored.raw.id, stored);
    return stored;
  }

  get(id: string | undefined): StoredMessage | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  in(channelId: string): readonly StoredMessage[] {
    return [...this.#byId.values()].filter(({ raw }) => raw.channel_id === channelId);
  }

  /** The message the bot has posted with this nonce since a time. */
  withNonce(channelId: string, nonce: string | number, since: number): StoredMessage | undefined {
    return this.in(channelId).find(
      ({ raw, fromBot }) => fromBot && raw.nonce === nonce && Date.parse(raw.timestamp) >= since,
    );
  }
}

export function see(stored: StoredMessage, raw: DiscordMessage): SeenMessage {
  const { files, ephemeralFor, fromBot, deleted, edits, allowedMentions } = stored;
  const all = [...walk(raw.components)].map(({ component }) => component);
  const texts = all.flatMap(({ type, content }) => (type === ComponentType.text ? [content ?? ''] : []));
  const seeFile = (media: Media, spoiler: boolean | null = false): SeenFile => {
    const file = files.find(({ id }) => id === media.attachment_id);
    return { name: file?.name, spoiler: spoiler ?? false, url: media.url, bytes: file?.bytes };
  };
  return {
    id: raw.id,
    channelId: raw.channel_id,
    content: raw.content,
    text: [...(raw.content ? [raw.content] : []), ...texts].join('\n'),
    components: raw.components,
    previews: previewsOf(raw),
    buttons: all.filter(({ type }) => type === ComponentType.button),
    selects: all.filter(({ options }) => options !== undefined),
    pictures: all
      .flatMap(({ items = [] }) => items)
      .map(({ media, description, spoiler }) => ({
        ...seeFile(media, spoiler),
        description: description ?? undefined,
      })),
    documents: all.flatMap(({ file, spoiler }) => (file ? [seeFile(file, spoiler)] : [])),
    files: new Map(files.map(({ name, bytes }) => [name, bytes])),
    flags: raw.flags,
    isEphemeral: ephemeralFor !== undefined,
    isLoading: (raw.flags & Flag.loading) !== 0,
    isComponentsV2: (raw.flags & Flag.componentsV2) !== 0,
    replyTo: raw.message_reference?.message_id,
    fromBot,
    deleted,
    edits,
    allowedMentions,
    raw,
  };
}

// of what stands in the content, but for what is in < >
function previewsOf({ content, flags }: DiscordMessage): string[] {
  const hasNone = (flags & (Flag.componentsV2 | Flag.suppressEmbeds)) !== 0;
  return hasNone ? [] : [...content.matchAll(/(?<!<)\bhttps?:\/\/[^\s<>)]+/g)].map(([url]) => url);
}
