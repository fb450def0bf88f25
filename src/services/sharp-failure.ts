import { tooLarge } from '../core/admit-photo.ts';
import { UserError } from '../core/user-error.ts';

/** What it means for the person when sharp rejects: too-large, timed-out, else unreadable. sharp has words, no codes. */
export function sharpFailure(cause: unknown): UserError {
  if (says(cause, 'Input image exceeds pixel limit')) return tooLarge({ cause });
  if (says(cause, 'timeout: ')) return new UserError('timed-out', {}, { cause });
  return new UserError('unreadable', {}, { cause });
}

/** The file ends before its picture does. */
export function isTruncation(error: unknown): boolean {
  return says(error, 'premature end of JPEG image');
}

/** No loader is allowed to read this. */
export function isLoaderMissing(error: unknown): boolean {
  return says(error, 'Input buffer contains unsupported image format');
}

function says(error: unknown, words: string): boolean {
  return error instanceof Error && error.message.includes(words);
}
