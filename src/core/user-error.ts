/** What can be wrong with what a person sent, and the values their message needs. */
export interface UserErrorValues {
  'not-found': { name: string };
  'not-a-file': { name: string };
  empty: Record<never, never>;
  'not-an-image': Record<never, never>;
  /** format: the recognised one, such as 'SVG'. */
  'unsupported-format': { format: string };
  /** Either too many bytes or too many pixels. */
  'too-large': { maxMegabytes: number; maxMegapixels: number };
  unreadable: Record<never, never>;
  'timed-out': Record<never, never>;
  busy: Record<never, never>;
  /** Too many in a short time. */
  'slow-down': { seconds: number };
  /** The platform gives bots no files of that size. */
  'too-large-here': { maxMegabytes: number };
  /** The platform does not have the picture any more. */
  'picture-gone': Record<never, never>;
  /** A sticker or an animation without a still picture. */
  'no-still': Record<never, never>;
  /** The command needs a photo and came without. */
  'no-photo': Record<never, never>;
  /** The message that the command was used on has no picture. */
  'no-picture-here': Record<never, never>;
  /** The platform hides the pictures of the message that was answered; a menu shows them. */
  'hidden-picture': Record<never, never>;
  /** The bot is not allowed to post in the chat. */
  'may-not-post': Record<never, never>;
  /** There is nobody in the chat to share with. */
  'nobody-else': Record<never, never>;
  /** The songs of a list cannot be had just now. */
  'no-tracks': Record<never, never>;
  /** A button whose result is forgotten, or that is none of ours. */
  'stale-button': Record<never, never>;
  /** Only who asked may change it. */
  'not-yours': Record<never, never>;
  /** It is for the asker's eyes alone, and others read along here. */
  'not-alone': Record<never, never>;
  /** Only who manages the chat may change it. */
  'not-manager': Record<never, never>;
}

export type UserErrorCode = keyof UserErrorValues;

/** An error that the person can be told about, in their language. Anything else thrown is a bug. */
export class UserError<C extends UserErrorCode = UserErrorCode> extends Error {
  readonly code: C;
  readonly values: UserErrorValues[C];

  constructor(code: C, values: UserErrorValues[C], options?: ErrorOptions) {
    super(code, options);
    this.name = 'UserError';
    this.code = code;
    this.values = values;
  }
}
