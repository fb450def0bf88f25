import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MENU_COMMANDS } from '../../src/languages/menu-commands.ts';
import { discordCommands } from '../../src/platforms/discord/commands.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';
import { runProgram } from '../support/run-program.ts';

const STRANGER = '123456789012345678';
const NAMES = [...MENU_COMMANDS.map((name) => `/${name}`), 'Get the vibe'];
const unchanged = NAMES.map((name) => `= ${name} stays as it is`);

let fake: FakeDiscord;
let cwd: string;

beforeEach(async () => {
  fake = await startFakeDiscord();
  cwd = await mkdtemp(join(tmpdir(), 'vibe-'));
});

afterEach(async () => {
  expect(fake.violations).toEqual([]);
  await fake.close();
  await rm(cwd, { recursive: true, force: true });
});

interface Run {
  readonly code: number;
  readonly out: readonly string[];
  readonly complaints: readonly string[];
}

async function run(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Run> {
  const settings = { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl, ...env };
  const ended = await runProgram(args, { cwd, env: settings, start: 'deploy/commands.ts' });
  const lines = (text: string) => text.split('\n').slice(0, -1);
  expect(ended.stdout + ended.stderr).not.toContain(settings.DISCORD_TOKEN || '\0');
  return { code: ended.code, out: lines(ended.stdout), complaints: lines(ended.stderr) };
}

const done = (...out: readonly string[]) => ({ code: 0, out, complaints: [] });
const failed = (code: number, complaint: RegExp) => ({
  ...{ code, out: [] },
  complaints: [expect.stringMatching(complaint)],
});

const writes = () => fake.calls.filter(({ route }) => !route.startsWith('GET ')).length;

/** Somebody changes the commands elsewhere. */
async function put(commands: readonly object[]): Promise<void> {
  const answer = await fetch(`${fake.apiUrl}/v10/applications/${fake.bot.id}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(commands),
  });
  expect(answer.status).toBe(200);
}

describe('npm run deploy:commands', () => {
  it('registers for everywhere, and a second time finds nothing to do', async () => {
    const added = NAMES.map((name) => `+ ${name} is new`);
    expect(await run()).toEqual(done('Commands for everywhere:', ...added, 'Registered.'));
    expect(fake.commands().map(({ given }) => given)).toEqual(discordCommands('en'));
    expect(writes()).toBe(1);
    expect(await run()).toEqual(done('Commands for everywhere:', ...unchanged, 'Nothing to do.'));
    expect(writes()).toBe(1);
  });

  it('shows what was changed by hand, and mends it', async () => {
    const [vibe, ...others] = discordCommands('en') as RESTPostAPIChatInputApplicationCommandsJSONBody[];
    const [image, ...options] = vibe?.options ?? [];
    await put([
      { ...vibe, options: [{ ...image, description: 'Your photo' }, ...options], contexts: [0] },
      ...others.filter(({ name }) => name !== 'help'),
      { name: 'old', description: 'What was' },
      { type: 2, name: 'Who is this?' },
    ]);
    const differences = [
      '~ /vibe changes: options.image.description, contexts',
      ...NAMES.slice(1, -2).map((name) => `= ${name} stays as it is`),
      '+ /help is new',
      '= Get the vibe stays as it is',
      '- /old goes',
      '- Who is this? goes',
    ];
    const shown = ['Commands for everywhere:', ...differences];
    expect(await run(['--dry-run'])).toEqual(done(...shown, 'Only shown: nothing was changed.'));
    expect(writes()).toBe(1);
    expect(await run()).toEqual(done(...shown, 'Registered.'));
    expect(fake.commands().map(({ given }) => given)).toEqual(discordCommands('en'));
    expect(await run()).toMatchObject({ out: expect.arrayContaining(['Nothing to do.']) });
  });

  it('registers for the one server that the option or else the setting names', async () => {
    const [one, other] = [fake.guild(), fake.guild()];
    const setting = { DISCORD_GUILD_ID: one.id };
    expect((await run([], setting)).out[0]).toBe(`Commands for server ${one.id}:`);
    expect((await run(['--guild', other.id], setting)).out[0]).toBe(`Commands for server ${other.id}:`);
    for (const { id } of [one, other]) {
      expect(fake.commands(id).map(({ name }) => name)).toEqual(
        discordCommands('en').map(({ name }) => name),
      );
      for (const { given } of fake.commands(id)) expect(given).not.toHaveProperty('contexts');
    }
    expect(fake.commands()).toEqual([]);
    expect(writes()).toBe(2);
    const again = await run([`--guild=${one.id}`]);
    expect(again).toEqual(done(`Commands for server ${one.id}:`, ...unchanged, 'Nothing to do.'));
    expect(writes()).toBe(2);
  });

  it('speaks and describes in the default language, and reads .env', async () => {
    await writeFile(join(cwd, '.env'), 'DEFAULT_LANGUAGE=ar\n');
    const { code, out } = await run();
    expect({ code, last: out.at(-1) }).toEqual({ code: 0, last: 'سُجّلت الأوامر.' });
    expect(fake.commands().map(({ given }) => given)).toEqual(discordCommands('ar'));
  });

  it('says in one line how to call it', async () => {
    const usage = /^Usage: npm run deploy:commands -- \[--guild <server id>\] \[--dry-run\]$/;
    const wrong = [['--global'], ['--guild'], ['--guild', 'mine'], ['vibe'], ['--dry-run=yes']];
    for (const ended of await Promise.all(wrong.map((args) => run(args)))) {
      expect(ended).toEqual(failed(2, usage));
    }
    expect(await run(['--help'])).toEqual(done(expect.stringMatching(usage)));
    expect(fake.calls).toEqual([]);
  });
});

describe('a registration that cannot be', () => {
  it('exits 2 without a token, or with settings that cannot be used', async () => {
    expect(await run([], { DISCORD_TOKEN: '' })).toEqual(failed(2, /DISCORD_TOKEN/));
    expect(await run([], { DISCORD_GUILD_ID: 'mine' })).toEqual(failed(2, /DISCORD_GUILD_ID/));
  });

  it('exits 2 when the token is refused', async () => {
    const wrong = { DISCORD_TOKEN: 'planted-wrong-token' };
    expect(await run([], wrong)).toEqual(failed(2, /^Discord refused the token in DISCORD_TOKEN/));
  });

  it('exits 2 where the bot is not', async () => {
    expect(await run(['--guild', STRANGER])).toEqual(failed(2, new RegExp(`not in server ${STRANGER}`)));
    expect(writes()).toBe(0);
  });

  it('exits 1 when Discord cannot be reached, or says nothing that can be read', async () => {
    const nowhere = { DISCORD_API_URL: 'http://127.0.0.1:1/api' };
    expect(await run([], nowhere)).toEqual(failed(1, /^I can’t reach Discord .*ECONNREFUSED/));
    const html = { kind: 'answer', status: 200, body: '<html>', times: 9 } as const;
    fake.fail({ method: 'get_my_application', ...html });
    expect(await run()).toEqual(failed(1, /^I can’t reach Discord/));
  });

  it('exits 70 with the reason when Discord will not have the commands', async () => {
    fake.fail({ method: 'bulk_set_application_commands', kind: 'refuse', status: 400, code: 30032 });
    const { code, complaints } = await run();
    expect(code).toBe(70);
    expect(complaints).toEqual([expect.stringMatching(/^Discord refused the commands .*30032/)]);
  });

  it('writes once more when the answer was lost', async () => {
    fake.fail({ method: 'bulk_set_application_commands', kind: 'drop-reply' });
    expect(await run()).toMatchObject({ code: 0 });
    expect(writes()).toBe(2);
  });
});
