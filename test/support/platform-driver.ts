import type { PlatformName } from '../../src/core/request.ts';
import type { ChatAdapter } from './platform-core.ts';

/** A platform's local server and the people on it, as far as every chat platform has them. */
export interface PlatformDriver {
  readonly name: PlatformName;
  /** The adapter under test, on this server. Another one is the program's next start. */
  adapter(): ChatAdapter;
  /** Somebody with an English client and a chat of their own with the bot. */
  person(): PersonDriver;
  /** What the adapter did and the platform confirmed, in order. */
  calls(): readonly SeenCall[];
  /** Resolves once this holds; asked whenever something has happened on the server. */
  until(holds: () => unknown): Promise<void>;
  /** later: the next post, of an answer or of songs, is turned down for a second. answer lost: it is shown, but nobody hears of that. */
  failNextPost(how: 'later' | 'answer lost', what?: 'an answer' | 'songs'): void;
  /** Lets no picture through until the function it returns is called; `asked` says that one was asked for. */
  holdPictures(): { readonly asked: Promise<unknown>; release(): void };
  /** How the adapter broke the platform's rules. */
  violations(): readonly unknown[];
  close(): Promise<void>;
}

export interface PersonDriver {
  readonly id: string;
  /** Asks for the vibe of a picture; returns what `repeat` takes. */
  sendPhoto(bytes: Uint8Array, where?: 'alone' | 'among others'): unknown;
  /** Presses or chooses what a message offers, by what is written on it. */
  press(messageId: string, label: string, where?: 'alone' | 'among others'): void;
  /** Chooses an option of a menu, opening it first where that takes a press. */
  ask(messageId: string, menu: string, option: string): Promise<void> | void;
  /** Presses what no card has. */
  forge(messageId: string, data: string): void;
  /** Has the platform deliver once more what this person sent. */
  repeat(sent: unknown): void;
  /** A picture in this person's chat, of the bot itself or of another bot. */
  hearBot(bytes: Uint8Array, which: 'itself' | 'another'): void;
  /** What the bot's messages in the chat have to download, as it is shown to this person. */
  files(where?: 'alone' | 'among others'): readonly DownloadableFile[];
  /** How many messages of the bot there are in the chat. */
  shown(where?: 'alone' | 'among others'): number;
}

export interface DownloadableFile {
  readonly name: string | undefined;
  readonly bytes: Buffer | undefined;
}

export interface SeenCall {
  /** toast: said in passing to who pressed a button. */
  readonly kind: 'post' | 'edit' | 'toast';
  /** null for a toast. */
  readonly messageId: string | null;
  /** As people read it. */
  readonly text: string;
  readonly picture: boolean;
  /** The message that it is a reply to. */
  readonly replyTo: string | null;
  /** The links that show a preview, in which they play. */
  readonly previews: readonly string[];
  /** What is written on all that can be pressed or chosen, links left out: of an open menu its options, of a closed one its name. */
  readonly buttons: readonly string[];
}
