import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../src/config.ts';

describe('the archive’s settings', () => {
  const both = { ARCHIVE_FUNCTION: 'vibe-archive', ERASE_FUNCTION: 'vibe-erase' };

  it('ask people unless told, and only where photos can be erased, too', () => {
    expect(parseConfig(both).archive).toMatchObject({ usual: 'ask', archiveFunction: 'vibe-archive' });
    expect(parseConfig({ ...both, ARCHIVE_DEFAULT: 'keep' }).archive.usual).toBe('keep');
    expect(parseConfig({ ...both, ARCHIVE_DEFAULT: 'off' }).archive.usual).toBe('off');
    const { ERASE_FUNCTION: _, ...alone } = both;
    expect(parseConfig({ ...alone, ARCHIVE_DEFAULT: 'keep' }).archive.usual).toBe('off');
  });

  it('still erase where nothing is kept any more', () => {
    const { archive } = parseConfig({ ERASE_FUNCTION: 'vibe-erase' });
    expect(archive).toMatchObject({ usual: 'off', eraseFunction: 'vibe-erase' });
  });

  it.each([
    ['ARCHIVE_DEFAULT', 'sometimes'],
    ['ARCHIVE_FUNCTION', 'a function'],
    ['ERASE_FUNCTION', 'https://x'],
    ['OUTBOX_MAX_MB', '0'],
    ['OUTBOX_MAX_MB', 'much'],
    ['STORE_TABLE', 'my table'],
    ['STORE_TABLE', 'arn:aws:dynamodb:eu-central-1:123456789012:table/vibe'],
  ])('cannot be just anything: %s=%s', (name, value) => {
    expect(() => parseConfig({ ...both, [name]: value })).toThrow(new ConfigError([name]));
  });
});
