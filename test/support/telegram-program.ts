import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProgram, startProgram } from './start-program.ts';
import { type FakeBotApi, startFakeBotApi } from './telegram/fake-bot-api.ts';

/** A local Bot API and the program as its bot. */
export interface TelegramProgram {
  readonly fake: FakeBotApi;
  readonly program: RunningProgram;
  /** The bot's messages in a chat, oldest first. */
  answers(chatId: number): ReturnType<FakeBotApi['messagesIn']>;
  close(): Promise<void>;
}

export async function startTelegramProgram(): Promise<TelegramProgram> {
  const fake = await startFakeBotApi();
  const stateFolder = await mkdtemp(join(tmpdir(), 'vibe-state-'));
  const env = { TELEGRAM_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url, STATE_DIR: stateFolder };
  const program = await startProgram(env);
  return {
    fake,
    program,
    answers: (chatId) => fake.messagesIn(chatId).filter(({ fromBot }) => fromBot),
    async close() {
      await program.stop('SIGKILL');
      await fake.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
