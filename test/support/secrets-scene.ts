import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type FakeSecretsManager, startFakeSecretsManager } from './aws/fake-secrets-manager.ts';
import { type RunningProgram, startProgram } from './start-program.ts';
import { type FakeBotApi, startFakeBotApi } from './telegram/fake-bot-api.ts';

/** Programs start slowly where many do. */
const PATIENCE_MS = 30_000;

/** A local AWS and a local Bot API; all go when the test does. */
export interface SecretsScene {
  readonly aws: FakeSecretsManager;
  readonly telegram: FakeBotApi;
  /** What a start needs but for its token. */
  readonly settings: Readonly<Record<string, string>>;
  start(env?: Readonly<Record<string, string>>): Promise<RunningProgram>;
  /** Somebody new asks for help, and gets it. */
  helps(): Promise<void>;
  /** Fails where a token is in there, or anything planted. */
  expectNoSecret(printed: string): void;
}

export async function openSecretsScene(): Promise<SecretsScene> {
  const aws = await startFakeSecretsManager();
  const telegram = await startFakeBotApi();
  const stateFolder = await mkdtemp(join(tmpdir(), 'vibe-state-'));
  const programs: RunningProgram[] = [];
  onTestFinished(async () => {
    for (const program of programs) await program.stop('SIGKILL');
    await telegram.close();
    await aws.close();
    await rm(stateFolder, { recursive: true, force: true });
  });
  const settings = {
    ...aws.settings,
    TELEGRAM_API_ROOT: telegram.url,
    STATE_DIR: stateFolder,
    PORT: '0',
  };
  return {
    aws,
    telegram,
    settings,
    async start(env = {}) {
      const program = await startProgram({ ...settings, ...env });
      programs.push(program);
      return program;
    },
    async helps() {
      const user = telegram.user();
      const { id } = telegram.privateChat(user);
      telegram.sendText('/help', { from: user });
      const isAnswered = () => telegram.messagesIn(id).some(({ fromBot }) => fromBot);
      await telegram.waitUntil(isAnswered, { timeoutMs: PATIENCE_MS });
    },
    expectNoSecret(printed) {
      const { token } = telegram;
      for (const secret of [token, token.split(':')[1] ?? token, 'planted']) {
        expect(printed).not.toContain(secret);
      }
    },
  };
}

/** What the log says with this message. */
export function told({ lines }: RunningProgram, message: string): readonly Record<string, unknown>[] {
  const entries = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  return entries.filter((entry) => entry.message === message);
}
