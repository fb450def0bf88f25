import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FakeAws, startFakeAws } from './aws/fake-aws.ts';
import { SIGNING_SECRET } from './discord-program.ts';
import { type RunningProgram, startProgram } from './start-program.ts';
import { type FakeBotApi, startFakeBotApi } from './telegram/fake-bot-api.ts';

/** A local Bot API and a local AWS, a state folder, and the program as their bot; all go when the test does. */
export interface ArchiveScene {
  readonly telegram: FakeBotApi;
  readonly aws: FakeAws;
  readonly stateFolder: string;
  start(env?: Readonly<Record<string, string>>): Promise<RunningProgram>;
  /** The bot's messages in a chat, oldest first. */
  answers(chatId: number): ReturnType<FakeBotApi['messagesIn']>;
  /** Those of its messages with this text; resolves when there are so many. */
  said(chatId: number, text: string, count?: number): Promise<ReturnType<FakeBotApi['messagesIn']>>;
  /** Keys of the bucket that begin so. */
  keys(prefix: string): readonly string[];
  /** Resolves when there are so many of them. */
  stored(prefix: string, count: number): Promise<readonly string[]>;
}

export async function openArchiveScene(): Promise<ArchiveScene> {
  const [telegram, aws] = await Promise.all([startFakeBotApi(), startFakeAws()]);
  const stateFolder = await mkdtemp(join(tmpdir(), 'vibe-state-'));
  const programs: RunningProgram[] = [];
  onTestFinished(async () => {
    for (const program of programs) await program.stop('SIGKILL');
    await Promise.all([telegram.close(), aws.close()]);
    await rm(stateFolder, { recursive: true, force: true });
  });
  const settings = {
    ...aws.settings,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    STATE_DIR: stateFolder,
    SIGNING_SECRET,
  };
  const answers = (chatId: number) => telegram.messagesIn(chatId).filter(({ fromBot }) => fromBot);
  const keys = (prefix: string) => [...aws.objects.keys()].filter((key) => key.startsWith(prefix));
  return {
    telegram,
    aws,
    stateFolder,
    answers,
    keys,
    async start(env = {}) {
      const program = await startProgram({ ...settings, ...env });
      programs.push(program);
      return program;
    },
    async said(chatId, text, count = 1) {
      const those = () => answers(chatId).filter((message) => message.text.includes(text));
      await telegram.waitUntil(() => those().length === count);
      return those();
    },
    async stored(prefix, count) {
      // whenever a call is answered something may be there
      await aws.waitForCall(() => keys(prefix).length === count, { timeoutMs: 30_000 });
      return keys(prefix);
    },
  };
}
