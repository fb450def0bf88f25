import type { Action } from './action.ts';
import type { Genre } from './genre.ts';
import type { Plain, TracksCall } from './request.ts';
import type { Language } from './types.ts';

/** What a command answers with. */
export type Reply = Card | Toast | Publication | Finds | FollowUp;

/** A neutral reply: finished text and data in the person's language; each platform renders it its own way. */
export interface Card {
  readonly kind: 'card';
  readonly language: Language;
  /** The genre whose colour the card takes. */
  readonly accent: Genre | null;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Rows, in the order of their importance. */
  readonly buttons: readonly (readonly Button[])[];
  /** The stored result that it shows, if any. */
  readonly resultId: string | null;
}

/** Said in passing to whoever pressed a button, and nobody else; at most 200 characters. */
export interface Toast {
  readonly kind: 'toast';
  readonly text: string;
}

/** Another message beneath the answer, or beneath the one whose button was pressed: accepted as a request of its own. */
export interface FollowUp {
  readonly kind: 'follow-up';
  readonly call: Omit<TracksCall, 'replyTo'>;
}

/** A card as a new message, for all in the chat. */
export interface Publication {
  readonly kind: 'publication';
  readonly card: Card;
}

/** What a search offers to send, best first. */
export interface Finds {
  readonly kind: 'finds';
  readonly language: Language;
  readonly finds: readonly Find[];
  /** What to do, when there is nothing or not much: leads to a private chat with the bot. */
  readonly hint: string;
}

export interface Find {
  /** At most 64 bytes. */
  readonly id: string;
  readonly description: string;
  readonly card: Card;
}

export type Block = BarsBlock | FileBlock | ImageBlock | LinksBlock | TextBlock | TracksBlock;

export interface TextBlock {
  readonly kind: 'text';
  readonly heading?: string;
  readonly text: string;
  /** Said in passing: smaller or greyer, and the first to go where room is short. */
  readonly quiet?: boolean;
  /** Never goes for want of room: buttons are about it. */
  readonly lasting?: boolean;
}

export interface BarsBlock {
  readonly kind: 'bars';
  readonly label: string;
  /** Largest first; share 0 … 1, `value` is the share in words. */
  readonly rows: readonly {
    readonly genre: Genre;
    readonly label: string;
    readonly share: number;
    readonly value: string;
  }[];
}

export interface ImageBlock {
  readonly kind: 'image';
  readonly label: string;
  /** Ends in .jpg; unique to the photo and the genre. */
  readonly fileName: string;
  readonly content: ImageContent;
  readonly altText: string;
  /** Covered until somebody wants to see it. */
  readonly spoiler: boolean;
}

/** stored: the platform has it already and knows it by this reference. */
export type ImageContent =
  | { readonly kind: 'jpeg'; readonly jpeg: Uint8Array }
  | { readonly kind: 'stored'; readonly reference: Plain };

/** A file to keep: a card has at most one, and then no image. */
export interface FileBlock {
  readonly kind: 'file';
  /** Of letters, digits, dots and dashes: other signs are changed on the way. */
  readonly fileName: string;
  /** Such as 'application/json'. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** What it is; to read where the file itself cannot be shown. */
  readonly label: string;
}

/** Where a platform has buttons, each block's links are a row before the card's own. */
export interface LinksBlock {
  readonly kind: 'links';
  readonly heading: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/**
 * Songs to hear. A card with them is an ordinary message, without pictures: only such a one shows a link that plays, and
 * that is the first track's.
 */
export interface TracksBlock {
  readonly kind: 'tracks';
  readonly heading: string;
  readonly tracks: readonly {
    readonly title: string;
    readonly channel: string;
    readonly url: string;
    /** '3:07'; null where it is not known. */
    readonly length: string | null;
  }[];
}

/** share: the platform's own way to show a result to others. */
export type Button =
  | ActionButton
  | MenuButton
  | { readonly kind: 'share'; readonly label: string; readonly resultId: string };

export interface ActionButton {
  readonly kind: 'action';
  readonly label: string;
  readonly action: Action;
}

/** A choice. A list, where the platform has lists; else a button that opens it, and when it is open one for each option. */
export interface MenuButton {
  readonly kind: 'menu';
  readonly label: string;
  /** Opens it. */
  readonly open: Action;
  readonly isOpen: boolean;
  readonly options: readonly ActionButton[];
}
