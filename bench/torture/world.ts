import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeAws, startFakeAws } from '../../test/support/aws/fake-aws.ts';
import { type FakeDiscord, startFakeDiscord } from '../../test/support/discord/fake-discord.ts';
import { type FakeOpenai, startFakeOpenai } from '../../test/support/openai/fake-openai.ts';
import { type FakeBotApi, startFakeBotApi } from '../../test/support/telegram/fake-bot-api.ts';
import { type FakeYoutube, startFakeYoutube } from '../../test/support/youtube/fake-youtube.ts';

/** All that the program talks to, on this machine, and the folder that outlives it. */
export interface World {
  readonly telegram: FakeBotApi;
  readonly discord: FakeDiscord;
  readonly openai: FakeOpenai;
  readonly youtube: FakeYoutube;
  readonly aws: FakeAws;
  readonly stateFolder: string;
  readonly signingSecret: string;
  /** The program's. */
  readonly settings: Readonly<Record<string, string>>;
  /** What must stand in no line of the log. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

const SIGNING_SECRET = 'planted-signing-secret-0123456789';

export async function openWorld(): Promise<World> {
  const [telegram, discord, openai, youtube, aws] = await Promise.all([
    startFakeBotApi(),
    startFakeDiscord(),
    startFakeOpenai(),
    startFakeYoutube(),
    startFakeAws(),
  ]);
  const stateFolder = await mkdtemp(join(tmpdir(), 'vibe-torture-'));
  const settings = {
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_HOSTS: discord.cdnHost,
    OPENAI_API_KEY: openai.key,
    OPENAI_BASE_URL: openai.url,
    OPENAI_DAILY_BUDGET_USD: '1000',
    YOUTUBE_API_KEY: youtube.key,
    YOUTUBE_ROOT_URL: youtube.url,
    ...aws.settings,
    ARCHIVE_DEFAULT: 'ask',
    STATE_DIR: stateFolder,
    SIGNING_SECRET,
  };
  const { AWS_SECRET_ACCESS_KEY = '', AWS_ACCESS_KEY_ID = '' } = aws.accountSettings;
  const keys = [telegram.token, discord.token, openai.key, youtube.key];
  return {
    ...{ telegram, discord, openai, youtube, aws, stateFolder, settings },
    signingSecret: SIGNING_SECRET,
    secrets: [...keys, SIGNING_SECRET, AWS_SECRET_ACCESS_KEY, AWS_ACCESS_KEY_ID],
    async close() {
      const servers = [telegram, discord, openai, youtube, aws];
      await Promise.all(servers.map((server) => server.close()));
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
