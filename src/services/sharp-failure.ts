import { tooLarge } from '../core/admit-photo.ts';
import { UserError } from '../core/user-error.ts';

/**
 * What a rejection of sharp means for the person: too-large (there may be `maxPixels`), timed-out, else unreadable. sharp
 * gives words, no codes.
 */
export function sharpFailure(cause: unknown, maxPixels?: number): UserError {
  if (says(cause, 'Input image exceeds pixel limit')) return tooLarge(maxPixels, { cause });
  if (says(cause, 'timeout: ')) return new UserError('timed-out', {}, { cause });
  return new UserError('unreadable', {}, { cause });
}

/** The file ends before its picture does. */
export function isTruncation(error: unknown): boolean {
  return says(error, 'premature end of JPEG image');
}

/** No loader took the bytes: a broken header, or no loader was allowed. */
export function isRefusal(error: unknown): boolean {
  return says(error, 'Input buffer has corrupt header') || says(error, 'Input buffer contains unsupported');
}

function says(error: unknown, words: string): boolean {
  return error instanceof Error && error.message.includes(words);
}
