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
