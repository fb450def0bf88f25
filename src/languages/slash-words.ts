import type { MenuCommand } from './menu-commands.ts';

export const SLASH_OPTIONS = ['image', 'genre', 'private', 'region', 'language'] as const;
export type SlashOption = (typeof SLASH_OPTIONS)[number];

/** Commands and their options where they are picked from a list while one types. */
export interface SlashWords {
  /** What to type: 1 to 32 letters, digits, - and _, without capitals and without signs over letters. */
  readonly names: Readonly<Record<MenuCommand | SlashOption, string>>;
  /** A photo's music, as an entry of a message's menu; at most 32 characters. */
  readonly message: string;
  /** What it is for, at most 100 characters; the other commands have the menu's lines. */
  readonly vibe: string;
  readonly image: string;
  /** The genre to explain. */
  readonly why: string;
  readonly private: string;
  /** The genre whose playlists are asked for. */
  readonly genre: string;
  readonly region: string;
  readonly language: string;
}
