import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeOpenai, startFakeOpenai } from '../../support/openai/fake-openai.ts';
import { OpenaiRefusal } from '../../support/openai/openai-refusal.ts';
import { REPOSITORY, runProgram } from '../../support/run-program.ts';
import { type FakeYoutube, startFakeYoutube } from '../../support/youtube/fake-youtube.ts';

const photo = join(REPOSITORY, 'test/fixtures/photos/coffee.jpg');
let cwd: string;
let openai: FakeOpenai;
let youtube: FakeYoutube;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'vibe-'));
  [openai, youtube] = await Promise.all([startFakeOpenai(), startFakeYoutube()]);
});

afterAll(async () => {
  await Promise.all([openai.close(), youtube.close()]);
  await rm(cwd, { recursive: true });
});

function vibe(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const settings = {
    OPENAI_API_KEY: openai.key,
    OPENAI_BASE_URL: openai.url,
    YOUTUBE_API_KEY: youtube.key,
    YOUTUBE_ROOT_URL: youtube.url,
    STATE_DIR: join(cwd, 'state'),
  };
  return runProgram(['vibe', photo, ...args], { cwd, env: { ...settings, ...env } });
}

it('prints words by the model, and songs of both lists with their links', async () => {
  const { code, stdout, stderr } = await vibe([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Warm, low light falls');
  expect(stdout.match(/youtube\.com\/watch\?v=/g)).toHaveLength(10);
  expect(stdout.match(/^Jazz · (Global|Khaleeji)$/gm)).toHaveLength(2);
  expect(openai.violations).toEqual([]);
});

it('has them in its JSON, where the same photo costs nothing again', async () => {
  const calls = openai.calls.length;
  const { stdout } = await vibe(['--json']);
  const { explanation, playlists } = JSON.parse(stdout);
  expect(explanation).toMatchObject({ source: 'openai', standIn: false });
  for (const { tracks } of [playlists.global, playlists.khaleeji]) {
    expect(tracks).toHaveLength(5);
    expect(tracks[0]).toMatchObject({ title: expect.any(String), url: expect.stringContaining('watch?v=') });
  }
  expect(openai.calls).toHaveLength(calls);
});

it('says that words stand in where the service fails, and shows no key', async () => {
  openai.fail({ kind: 'refuse', refusal: OpenaiRefusal.keyInvalid(openai.key) });
  const { code, stdout, stderr } = await vibe(['--lang', 'ar']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('هذا الشرح من الواصف المدمج.');
  expect(stdout).not.toContain(openai.key);
});

it('goes on without services where nothing can be kept, and says so', async () => {
  const calls = openai.calls.length;
  const { code, stdout, stderr } = await vibe([], { STATE_DIR: '/dev/null/x' });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^I can’t keep my state in “\/dev\/null\/x”.*STATE_DIR.*\n$/);
  expect(stdout).toMatch(/Why this photo/);
  expect(openai.calls).toHaveLength(calls);
});

it('keeps nothing without keys', async () => {
  const state = join(cwd, 'none');
  const { code } = await vibe([], { OPENAI_API_KEY: '', YOUTUBE_API_KEY: '', STATE_DIR: state });
  expect(code).toBe(0);
  await expect(stat(state)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('does not start with a map of playlists that is none, and says what is wrong with it', async () => {
  const { code, stderr } = await vibe([], { PLAYLISTS_FILE: 'none.json' });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^I can’t use PLAYLISTS_FILE \(none\.json cannot be read \(ENOENT\)\)\..*\n$/);
});
