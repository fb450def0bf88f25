import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type FakeOpenai, startFakeOpenai } from './openai/fake-openai.ts';
import { type RunningProgram, startProgram } from './start-program.ts';
import { type FakeBotApi, startFakeBotApi } from './telegram/fake-bot-api.ts';
import { type FakeYoutube, startFakeYoutube } from './youtube/fake-youtube.ts';

/** Local servers of Telegram, OpenAI and YouTube, a state folder, and the program as their bot; all go when the test does. */
export interface OutsideScene {
  readonly telegram: FakeBotApi;
  readonly openai: FakeOpenai;
  readonly youtube: FakeYoutube;
  readonly settings: Readonly<Record<string, string>>;
  start(env?: Readonly<Record<string, string>>): Promise<RunningProgram>;
  /** The bot's messages in a chat, oldest first. */
  answers(chatId: number): ReturnType<FakeBotApi['messagesIn']>;
  /** Nothing that a program printed has a key or a token. */
  expectNoSecrets(): void;
}

export async function openOutsideScene(): Promise<OutsideScene> {
  const [telegram, openai, youtube] = await Promise.all([
    startFakeBotApi(),
    startFakeOpenai(),
    startFakeYoutube(),
  ]);
  const stateFolder = await mkdtemp(join(tmpdir(), 'vibe-state-'));
  const programs: RunningProgram[] = [];
  onTestFinished(async () => {
    for (const program of programs) await program.stop('SIGKILL');
    await Promise.all([telegram.close(), openai.close(), youtube.close()]);
    await rm(stateFolder, { recursive: true, force: true });
  });
  const settings = {
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    OPENAI_API_KEY: openai.key,
    OPENAI_BASE_URL: openai.url,
    YOUTUBE_API_KEY: youtube.key,
    YOUTUBE_ROOT_URL: youtube.url,
    STATE_DIR: stateFolder,
  };
  return {
    telegram,
    openai,
    youtube,
    settings,
    async start(env = {}) {
      const program = await startProgram({ ...settings, ...env });
      programs.push(program);
      return program;
    },
    answers: (chatId) => telegram.messagesIn(chatId).filter(({ fromBot }) => fromBot),
    expectNoSecrets() {
      const printed = programs.flatMap(({ lines }) => lines).join('\n');
      for (const secret of [telegram.token, openai.key, youtube.key]) expect(printed).not.toContain(secret);
    },
  };
}
