import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './discord/fake-discord.ts';
import { REPOSITORY } from './run-program.ts';
import { type RunningProgram, startProgram } from './start-program.ts';

/** A local Discord, a state folder, and the program as its bot; all go when the test does. */
export interface DiscordScene {
  readonly fake: FakeDiscord;
  readonly settings: Readonly<Record<string, string>>;
  /** Starts the program; resolves when its gateway is connected. */
  start(env?: Readonly<Record<string, string>>): Promise<RunningProgram>;
}

export const SIGNING_SECRET = 'planted-signing-secret-0123456789';

export async function openDiscordScene(options?: FakeDiscordOptions): Promise<DiscordScene> {
  const fake = await startFakeDiscord(options);
  const stateFolder = await mkdtemp(join(tmpdir(), 'vibe-state-'));
  const programs: RunningProgram[] = [];
  onTestFinished(async () => {
    for (const program of programs) await program.stop('SIGKILL');
    await fake.close();
    await rm(stateFolder, { recursive: true, force: true });
  });
  const settings = {
    DISCORD_TOKEN: fake.token,
    DISCORD_API_URL: fake.apiUrl,
    DISCORD_CDN_HOSTS: fake.cdnHost,
    STATE_DIR: stateFolder,
    SIGNING_SECRET,
  };
  return {
    fake,
    settings,
    async start(env = {}) {
      const program = await startProgram({ ...settings, ...env });
      programs.push(program);
      await fake.waitUntil(() => fake.gateway.sessions.some(({ isConnected }) => isConnected));
      return program;
    },
  };
}

export function fixture(name: string): Promise<Buffer> {
  return readFile(join(REPOSITORY, 'test/fixtures/photos', name));
}

/** The words of an answer have come. */
export function isWhole({ text }: { readonly text: string }): boolean {
  return text.includes('Why this photo');
}
