import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LANGUAGE_CODES } from '../../src/core/types.ts';
import { CONSENT_VERSION } from '../../src/languages/consent-version.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';

/** Of what people read before they say whether their photos are kept, by the version that is stored with what they said. */
const DIGESTS: Readonly<Record<string, string>> = {
  '2026-11-28': '77c14ca9dc15269b',
};

describe('what people agree to', () => {
  it('has another version when it is changed: what was said of the older text is known by that', () => {
    const read = LANGUAGE_CODES.map((code) => {
      const { ask, buttons, photos, toasts } = LANGUAGES[code].privacy;
      const texts = [photos.text('ask', 'telegram'), photos.text('ask', 'discord')];
      return { ask, buttons, texts, toasts };
    });
    const digest = createHash('sha256').update(JSON.stringify(read)).digest('hex').slice(0, 16);
    expect({ [CONSENT_VERSION]: digest }).toEqual({ [CONSENT_VERSION]: DIGESTS[CONSENT_VERSION] });
    expect(CONSENT_VERSION).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it.each(LANGUAGE_CODES)('is one line, and names where it is taken back (%s)', (code) => {
    const { ask, buttons } = LANGUAGES[code].privacy;
    for (const line of Object.values(ask)) {
      expect(line).not.toContain('\n');
      expect(line).toContain('/privacy');
      expect(line.length).toBeLessThan(180);
    }
    for (const label of Object.values(buttons)) expect(label.length).toBeLessThanOrEqual(20);
  });
});
