import type { PlatformName } from '../../src/core/request.ts';

/** Somebody on a platform, as the torture moves them. */
export interface Person {
  readonly platform: PlatformName;
  /** The platform's id of them. */
  readonly id: string;
  /** One picture, or several in one message. */
  send(photos: readonly Uint8Array[]): Asked;
  command(name: 'privacy' | 'forget'): Asked;
  /** Throws where the message has no such button. */
  press(message: Shown, label: string): Asked;
  /** All that the bot has sent to them alone, oldest first, as it is now. */
  messages(): readonly Shown[];
  /** Whether they see that the bot is there. */
  seesBot(): boolean;
  /** The bot's calls that post to them. */
  posts(): readonly Post[];
}

export interface Post {
  /** When it came, by `performance.now()`. */
  readonly at: number;
  /** Whether an answer to it was sent. */
  readonly isAnswered: boolean;
}

/** Something that a person asked of the bot. */
export interface Asked {
  /** What the program knows it by: one, or one for each picture of an album. */
  readonly keys: readonly string[];
  /** yes: the bot has confirmed that it has it. no: it has died without it, and will never get it. open: neither yet. */
  accepted(): 'yes' | 'no' | 'open';
  /** The messages that answer it, oldest first; none for a press, which changes the message that has the button. */
  answers(): readonly Shown[];
}

/** A message of the bot's. */
export interface Shown {
  readonly id: string;
  readonly text: string;
  readonly hasPicture: boolean;
  /** The labels of its buttons. */
  readonly buttons: readonly string[];
}
