import type { Genre } from './genre.ts';
import type { Region } from './playlist.ts';
import type { Language } from './types.ts';
import type { UserErrorCode, UserErrorValues } from './user-error.ts';

/** Data that JSON holds whole: it can be written down and taken up again. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | readonly Plain[]
  | { readonly [key: string]: Plain | undefined };

export type PlatformName = 'telegram' | 'discord';

/** What a person asked, as plain data; all that is needed to answer it after a restart. */
export interface Request {
  readonly platform: PlatformName;
  readonly asker: {
    /** The platform's id of the person. */
    readonly id: string;
    /** The language their client is set to, such as 'ar-SA'. */
    readonly locale: string | null;
  };
  readonly chat: {
    readonly id: string;
    /** Others read along. */
    readonly shared: boolean;
    /** What several chats under one management belong to; null: it stands alone. */
    readonly community: string | null;
  };
  /** Where to answer; only the platform that wrote it reads it. */
  readonly address: Plain;
  readonly call: Call;
  /** Only the asker sees the answer, where others read along else. */
  readonly aside?: true;
  /** Milliseconds since 1970 after which the platform takes no answer; null: it always does. */
  readonly answerBy: number | null;
}

/** A command and its arguments. Words are as the person typed them. */
export type Call =
  | VibeCall
  | { readonly command: 'playlist'; readonly words: readonly string[] }
  | { readonly command: 'language'; readonly words: readonly string[] }
  | { readonly command: 'about' }
  | { readonly command: 'stats' }
  | { readonly command: 'privacy' }
  | { readonly command: 'export' }
  | { readonly command: 'forget' }
  /** Nothing of who asked for it is left anywhere: they are to be told. */
  | { readonly command: 'forgotten'; readonly language: Language }
  /** asked: by its name; else in answer to something that calls for no command. */
  | { readonly command: 'help'; readonly asked: boolean }
  | PressCall
  | TracksCall
  /** What was typed after the bot's name in any chat, to choose something to share. */
  | { readonly command: 'search'; readonly query: string }
  /** The person sent something that they found so. */
  | { readonly command: 'shared'; readonly resultId: string }
  | RefuseCall;

export interface VibeCall {
  readonly command: 'vibe';
  /** References that the platform's ImageSource can fetch; several are read as one. */
  readonly images: readonly Plain[];
  /** The platform's id of the person who sent the pictures; none: it is not known, or was no person. */
  readonly sender?: string;
  /** The genre to explain; null: the most probable one. */
  readonly why: Genre | null;
  /** False for a picture of an album that only counts if another picture of it asks for the vibe. */
  readonly asked: boolean;
  /** The person covered the pictures: so will the answer be. */
  readonly spoiler: boolean;
}

/** Songs of a list, beneath a message of ours. */
export interface TracksCall {
  readonly command: 'tracks';
  readonly genre: Genre;
  readonly region: Region;
  /** The id of that message. */
  readonly replyTo: string;
}

/** A button on a message of ours; the data may be anything. */
export interface PressCall {
  readonly command: 'press';
  readonly data: string;
  /** The message that has the button: the answer goes there. */
  readonly messageId: string;
  /** The pictures on it, where the platform tells how to get them just now. */
  readonly pictures: readonly ShownPicture[];
}

export interface ShownPicture {
  /** Its file name. */
  readonly name: string;
  /** That the platform's ImageSource can fetch. */
  readonly reference: Plain;
}

/** Something that was turned down before any work. */
export interface RefuseCall<C extends UserErrorCode = UserErrorCode> {
  readonly command: 'refuse';
  readonly code: C;
  readonly values: UserErrorValues[C];
  /** It was a press on a button: said there, and not as a message. */
  readonly inPassing?: true;
}

export function refuse<C extends UserErrorCode>(code: C, values: UserErrorValues[C]): RefuseCall {
  return { command: 'refuse', code, values } as RefuseCall;
}

/** Whether what is said is for the asker's eyes alone. */
export function isAlone({ chat, aside }: Pick<Request, 'chat' | 'aside'>): boolean {
  return !chat.shared || aside === true;
}

/** Who asked, unique over platforms. */
export function askerKey({ platform, asker }: Pick<Request, 'platform' | 'asker'>): string {
  return `${platform}:user:${asker.id}`;
}

/** Where the chat's settings are kept. */
export function communityKey({ platform, chat }: Pick<Request, 'platform' | 'chat'>): string {
  return `${platform}:chat:${chat.community ?? chat.id}`;
}

export function chatKey({ platform, chat }: Pick<Request, 'platform' | 'chat'>): string {
  return `${platform}:chat:${chat.id}`;
}
