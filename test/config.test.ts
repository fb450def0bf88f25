import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../src/config.ts';
import { DEFAULT_MODELS } from '../src/services/openai-models.ts';

describe('parseConfig', () => {
  it('needs nothing', () => {
    expect(parseConfig({})).toEqual({
      discord: null,
      telegram: null,
      openai: { baseUrl: 'https://api.openai.com/v1', models: DEFAULT_MODELS, dailyBudgetUsd: 1 },
      youtube: { rootUrl: 'https://youtube.googleapis.com/', playlistsFile: null },
      archive: {
        usual: 'off',
        archiveFunction: null,
        eraseFunction: null,
        outboxMaxBytes: 1024 * 1024 * 1024,
      },
      storeTable: null,
      admin: { telegramChatId: null, discordUserId: null },
      defaultLanguage: 'en',
      stateFolder: './var',
      signingSecret: null,
      logLevel: 'info',
      host: '127.0.0.1',
      port: 8080,
      startFolder: null,
      instanceMetadata: { endpoint: null },
      systemd: null,
    });
  });

  it('takes empty values for not set', () => {
    expect(parseConfig({ DISCORD_TOKEN: '', DEFAULT_LANGUAGE: '' })).toMatchObject({
      discord: null,
      defaultLanguage: 'en',
    });
  });

  it('starts where the person typed the command, when npm ran it', () => {
    expect(parseConfig({ npm_lifecycle_event: 'vibe', INIT_CWD: '/photos' }).startFolder).toBe('/photos');
    expect(parseConfig({ npm_lifecycle_event: 'test', INIT_CWD: '/photos' }).startFolder).toBeNull();
  });

  it('asks EC2 where the SDK of AWS would, or not at all', () => {
    const metadata = (disabled: string, endpoint = '') =>
      parseConfig({ AWS_EC2_METADATA_DISABLED: disabled, AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint })
        .instanceMetadata;
    expect(metadata('', 'http://127.0.0.1:1338/')).toEqual({ endpoint: 'http://127.0.0.1:1338' });
    expect(metadata('false')).toEqual({ endpoint: null });
    expect(metadata('true', 'http://127.0.0.1:1338')).toBeNull();
    expect(() => metadata('', 'ftp://127.0.0.1')).toThrow(
      new ConfigError(['AWS_EC2_METADATA_SERVICE_ENDPOINT']),
    );
  });

  it('tells systemd how it is where that asks for it, and how often', () => {
    const systemd = (socket: string, watchdog = '') =>
      parseConfig({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdog }).systemd;
    expect(systemd('/run/systemd/notify', '90000000')).toEqual({ watchdogMs: 90_000 });
    expect(systemd('@abstract')).toEqual({ watchdogMs: null });
    expect(systemd('', '90000000')).toBeNull();
    expect(() => systemd('/run/systemd/notify', 'soon')).toThrow(new ConfigError(['WATCHDOG_USEC']));
  });

  it('names a setting that cannot be used, not its value', () => {
    const parse = () => parseConfig({ DEFAULT_LANGUAGE: 'klingon' });
    expect(parse).toThrow(new ConfigError(['DEFAULT_LANGUAGE']));
    expect(parse).toThrow(/^(?!.*klingon).*DEFAULT_LANGUAGE/);
  });

  it('speaks to Telegram itself and polls, with nothing but a token', () => {
    expect(parseConfig({ TELEGRAM_TOKEN: ' 12:a_b-c \n' }).telegram).toEqual({
      token: '12:a_b-c',
      apiRoot: 'https://api.telegram.org/',
      webhook: null,
    });
  });

  it('takes a webhook with a secret only, over TLS or on this machine', () => {
    const webhook = (url: string, secret?: string) =>
      parseConfig({ TELEGRAM_TOKEN: '12:a', TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret })
        .telegram?.webhook;
    expect(webhook('https://bot.example/hook', 's3cret')).toEqual({
      url: 'https://bot.example/hook',
      secret: 's3cret',
    });
    expect(webhook('http://127.0.0.1:8080/hook', 's')).toMatchObject({ secret: 's' });
    expect(() => webhook('https://bot.example/hook')).toThrow(new ConfigError(['TELEGRAM_WEBHOOK_SECRET']));
    expect(() => webhook('https://bot.example/hook', 'no spaces')).toThrow(
      new ConfigError(['TELEGRAM_WEBHOOK_SECRET']),
    );
    for (const url of ['http://bot.example/hook', 'http://127.0.0.1.bot.example/', 'hook']) {
      expect(() => webhook(url, 's')).toThrow(new ConfigError(['TELEGRAM_WEBHOOK_URL']));
    }
  });

  it('speaks to Discord itself, in one process, for everywhere, with nothing but a token', () => {
    expect(parseConfig({ DISCORD_TOKEN: ' a_b.c-d.e \n' }).discord).toEqual({
      token: 'a_b.c-d.e',
      apiUrl: 'https://discord.com/api',
      cdnHosts: ['cdn.discordapp.com', 'media.discordapp.net'],
      shards: null,
      guildId: null,
    });
  });

  it('takes Discord’s other settings', () => {
    const discord = (env: Record<string, string>) => parseConfig({ DISCORD_TOKEN: 'a.b.c', ...env }).discord;
    expect(
      discord({
        DISCORD_API_URL: 'http://127.0.0.1:1234/api//',
        DISCORD_CDN_HOSTS: '127.0.0.1:1234, CDN.example',
        DISCORD_SHARDS: '2',
        DISCORD_GUILD_ID: '123456789012345678',
      }),
    ).toEqual({
      token: 'a.b.c',
      apiUrl: 'http://127.0.0.1:1234/api',
      cdnHosts: ['127.0.0.1:1234', 'cdn.example'],
      shards: 2,
      guildId: '123456789012345678',
    });
    expect(discord({ DISCORD_SHARDS: 'auto' })?.shards).toBe('auto');
    const wrong = {
      DISCORD_TOKEN: 'a b',
      DISCORD_API_URL: 'discord.com/api',
      DISCORD_CDN_HOSTS: 'https://cdn.example',
      DISCORD_SHARDS: '0',
      DISCORD_GUILD_ID: 'my server',
    };
    for (const [name, value] of Object.entries(wrong)) {
      expect(() => discord({ [name]: value })).toThrow(new ConfigError([name]));
    }
  });

  it('takes the settings of words, music and who runs the bot, and keeps no key', () => {
    const config = parseConfig({
      OPENAI_API_KEY: 'sk-planted',
      OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1/',
      OPENAI_MODELS: 'gpt-5-mini, gpt-4o',
      OPENAI_DAILY_BUDGET_USD: '0.25',
      YOUTUBE_API_KEY: 'AIza-planted',
      YOUTUBE_ROOT_URL: 'http://127.0.0.1:1234/youtube',
      PLAYLISTS_FILE: './lists.json',
      ADMIN_TELEGRAM_CHAT_ID: '-1001234567890',
      ADMIN_DISCORD_USER_ID: '123456789012345678',
      SECRETS_PREFIX: 'vibe/settings',
    });
    expect(config).toMatchObject({
      openai: { baseUrl: 'http://127.0.0.1:1234/v1', models: ['gpt-5-mini', 'gpt-4o'], dailyBudgetUsd: 0.25 },
      youtube: { rootUrl: 'http://127.0.0.1:1234/youtube/', playlistsFile: './lists.json' },
      admin: { telegramChatId: '-1001234567890', discordUserId: '123456789012345678' },
    });
    expect(JSON.stringify(config)).not.toContain('planted');
    expect(parseConfig({ OPENAI_DAILY_BUDGET_USD: '0' }).openai.dailyBudgetUsd).toBe(0);
  });

  it.each([
    ['OPENAI_API_KEY', 'sk planted'],
    ['OPENAI_API_KEY', 'مفتاح'],
    ['OPENAI_BASE_URL', 'api.openai.com'],
    ['OPENAI_MODELS', 'gpt-4o,,'],
    ['OPENAI_MODELS', 'gpt 4o'],
    ['OPENAI_DAILY_BUDGET_USD', '-1'],
    ['OPENAI_DAILY_BUDGET_USD', '1,50'],
    ['OPENAI_DAILY_BUDGET_USD', 'Infinity'],
    ['OPENAI_DAILY_BUDGET_USD', '0x10'],
    ['YOUTUBE_API_KEY', 'a\u0000b'],
    ['YOUTUBE_ROOT_URL', 'ftp://youtube.example/'],
    ['ADMIN_TELEGRAM_CHAT_ID', '@me'],
    ['ADMIN_DISCORD_USER_ID', '-123456789012345678'],
    ['SECRETS_PREFIX', 'my settings'],
  ])('names %s when it is %j', (name, value) => {
    expect(() => parseConfig({ [name]: value })).toThrow(new ConfigError([name]));
  });

  it('refuses what can be no token, port, level or signing secret', () => {
    const wrong = { TELEGRAM_TOKEN: '12', PORT: '80a', LOG_LEVEL: 'loud', SIGNING_SECRET: 'short' };
    for (const [name, value] of Object.entries(wrong)) {
      expect(() => parseConfig({ [name]: value })).toThrow(new ConfigError([name]));
    }
    expect(parseConfig({ PORT: '0' }).port).toBe(0);
  });
});
