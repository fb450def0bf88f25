import { LANGUAGES } from '../languages/languages.ts';
import type { Language } from './types.ts';
import { UserError, type UserErrorCode, type UserErrorValues } from './user-error.ts';

/** What the person is told: the worded UserError, or the apology for anything else (never that error's own text). */
export function presentError(error: unknown, language: Language): string {
  const words = LANGUAGES[language];
  return error instanceof UserError ? worded(error.code, error.values, words.errors) : words.apology;
}

function worded<C extends UserErrorCode>(
  code: C,
  values: UserErrorValues[C],
  errors: { readonly [K in UserErrorCode]: (values: UserErrorValues[K]) => string },
): string {
  return errors[code](values);
}
