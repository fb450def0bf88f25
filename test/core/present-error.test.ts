import { describe, expect, it } from 'vitest';
import { presentError } from '../../src/core/present-error.ts';
import { UserError } from '../../src/core/user-error.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';

describe('presentError', () => {
  it('words a UserError with its values', () => {
    expect(presentError(new UserError('unsupported-format', { format: 'SVG' }), 'en')).toContain('SVG');
    expect(presentError(new UserError('unsupported-format', { format: 'SVG' }), 'ar')).toMatch(
      /[\u0600-\u06ff]/,
    );
  });

  it('apologises for a bug and keeps its text to itself', () => {
    expect(presentError(new Error('token 123'), 'en')).toBe(LANGUAGES.en.apology);
    expect(presentError('token 123', 'ar')).toBe(LANGUAGES.ar.apology);
  });
});
