import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../src/config.ts';

describe('parseConfig', () => {
  it('needs nothing', () => {
    expect(parseConfig({})).toEqual({
      discordToken: null,
      telegramToken: null,
      defaultLanguage: 'en',
      startFolder: null,
    });
  });

  it('takes empty values for not set', () => {
    expect(parseConfig({ DISCORD_TOKEN: '', DEFAULT_LANGUAGE: '' })).toMatchObject({
      discordToken: null,
      defaultLanguage: 'en',
    });
  });

  it('starts where the person typed the command, when npm ran it', () => {
    expect(parseConfig({ npm_lifecycle_event: 'vibe', INIT_CWD: '/photos' }).startFolder).toBe('/photos');
    expect(parseConfig({ npm_lifecycle_event: 'test', INIT_CWD: '/photos' }).startFolder).toBeNull();
  });

  it('names a setting that cannot be used, not its value', () => {
    const parse = () => parseConfig({ DEFAULT_LANGUAGE: 'klingon' });
    expect(parse).toThrow(new ConfigError(['DEFAULT_LANGUAGE']));
    expect(parse).toThrow(/^(?!.*klingon).*DEFAULT_LANGUAGE/);
  });
});
