import type { Genre } from './genre.ts';
import type { Language } from './types.ts';

/** A neutral reply: finished text and data in the person's language; each platform renders it its own way. */
export interface Card {
  readonly language: Language;
  /** The genre whose colour the card takes. */
  readonly accent: Genre;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block = BarsBlock | ImageBlock | LinksBlock | TextBlock;

/** Quiet: said in passing, smaller or greyer. */
export interface TextBlock {
  readonly kind: 'text';
  readonly heading?: string;
  readonly text: string;
  readonly quiet?: boolean;
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
  /** Ends in .jpg; unique to the photo's bytes and the genre. */
  readonly fileName: string;
  readonly jpeg: Uint8Array;
  readonly altText: string;
}

export interface LinksBlock {
  readonly kind: 'links';
  readonly heading: string;
  readonly links: readonly {
    readonly label: string;
    readonly url: string;
    readonly tracks: readonly string[];
  }[];
}
