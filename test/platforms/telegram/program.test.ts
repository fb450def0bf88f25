import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { REPOSITORY, runProgram } from '../../support/run-program.ts';
import { type RunningProgram, startProgram } from '../../support/start-program.ts';
import { type FakeBotApi, startFakeBotApi } from '../../support/telegram/fake-bot-api.ts';

const photo = (name: string) => readFile(join(REPOSITORY, 'test/fixtures/photos', name));
const SECRET = 'planted-signing-secret-0123456789';
const KEY = `sk-planted-${'k'.repeat(40)}`;

let fake: FakeBotApi;
let stateFolder: string;
const programs: RunningProgram[] = [];

beforeEach(async () => {
  fake = await startFakeBotApi();
  stateFolder = await mkdtemp(join(tmpdir(), 'vibe-state-'));
});

afterEach(async () => {
  for (const { child } of programs.splice(0)) child.kill('SIGKILL');
  await fake.close();
  await rm(stateFolder, { recursive: true, force: true });
});

const settings = () => ({
  TELEGRAM_TOKEN: fake.token,
  TELEGRAM_API_ROOT: fake.url,
  STATE_DIR: stateFolder,
  SIGNING_SECRET: SECRET,
});

async function start(env: Record<string, string> = {}): Promise<RunningProgram> {
  const program = await startProgram({ ...settings(), ...env });
  programs.push(program);
  return program;
}

const isEdit = ({ method }: { method: string }) => method.startsWith('editMessage');
const answers = (chatId: number) => fake.messagesIn(chatId).filter((message) => message.fromBot);
const isWhole = (chatId: number) => answers(chatId)[0]?.text.includes('Why this photo');

describe('npm start with a Telegram token', () => {
  it('answers a photo, words by editing the message, and its buttons work after a restart', async () => {
    const first = await start();
    const user = fake.user({ languageCode: 'en' });
    const chat = fake.privateChat(user);
    fake.sendPhoto(await photo('coffee.jpg'), { from: user });
    const posted = await fake.waitForCall('sendPhoto');
    expect(posted.params['caption']).toMatch(/█.*jazz/);
    await fake.waitUntil(() => isWhole(chat.id));
    const [answer] = answers(chat.id);
    if (!answer) throw new Error('no answer');
    expect(answer.text).toMatch(/^Jazz · \d+%/);
    expect(answer.keyboard?.flat().map(({ text }) => text)).toEqual([
      'Jazz · Global',
      'Jazz · Khaleeji',
      'YouTube Music',
      'Spotify',
      'Why not …?',
      'Share',
      '👍',
      '👎',
    ]);
    expect(await first.stop('SIGTERM')).toBe(0);

    await start();
    const now = () => fake.message(chat.id, answer.id) ?? answer;
    const hasButton = (label: string) =>
      now()
        .keyboard?.flat()
        .some(({ text }) => text === label);
    fake.press(answer, 'Why not …?', user);
    await fake.waitUntil(() => hasButton('rock'));
    fake.press(now(), 'rock', user);
    await fake.waitUntil(() => now().text.startsWith('Why rock?') && now().text.includes('Why this photo'));
    fake.press(now(), '‹ Back', user);
    await fake.waitUntil(() => now().text === answer.text);
    expect(answers(chat.id)).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });

  it('stays quiet in a group until it is asked, and answers there in the topic', async () => {
    await start();
    const user = fake.user({ languageCode: 'ar' });
    const group = fake.group({ forum: true });
    const thread = fake.topic(group);
    const bytes = await photo('cat.jpg');
    fake.sendText('hello @everyone', { from: user, chat: group, thread });
    const update = fake.sendPhoto(bytes, { from: user, chat: group, thread });
    const asked = fake.sendText('/vibe', { from: user, chat: group, thread, replyTo: update.message });
    const call = await fake.waitForCall('sendPhoto');
    expect(call.params).toMatchObject({ chat_id: group.id, message_thread_id: thread });
    const [answer] = answers(group.id);
    expect(answer?.replyTo).toBe(asked.message?.message_id);
    expect(answer?.text).toMatch(/[\u0600-\u06ff]/);
    await fake.waitForCall(isEdit);
    expect(answers(group.id)).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });

  it('tells how it is and what it counted', async () => {
    const { port } = await start();
    const user = fake.user();
    fake.sendPhoto(await photo('flower.jpg'), { from: user });
    await fake.waitForCall(isEdit);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect([health.status, await health.json()]).toEqual([
      200,
      { status: 'ok', checks: { telegram: { ok: true, detail: 'running' } } },
    ]);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    for (const line of [
      /^vibe_requests_total\{platform="telegram",command="vibe"\} 1$/m,
      /^vibe_stage_seconds_count\{stage="decode"\} 1$/m,
      /^vibe_stage_seconds_count\{stage="to_first_card"\} 1$/m,
      /^vibe_queue_depth\{lane="photo",state="waiting"\} 0$/m,
      /^vibe_outside_calls_total\{service="telegram",method="sendPhoto",outcome="ok"\} 1$/m,
    ]) {
      expect(metrics).toMatch(line);
    }
  });
});

describe('what was accepted', () => {
  it('is answered once after the program was killed while it fetched the photo', async () => {
    const first = await start();
    const user = fake.user();
    const chat = fake.privateChat(user);
    fake.fail({ method: 'getFile', kind: 'stall' });
    fake.sendPhoto(await photo('rocket.jpg'), { from: user });
    await fake.waitForCall('getFile', { unanswered: true });
    await first.stop('SIGKILL');
    await start();
    await fake.waitUntil(() => isWhole(chat.id));
    expect(answers(chat.id)).toHaveLength(1);
  });

  it('is read again after it was being read at four ends of the program, and called unreadable after five', async () => {
    await (await start()).stop('SIGTERM');
    const ended = (times: number, bytes: Uint8Array) => {
      const database = new DatabaseSync(join(stateFolder, 'bot.sqlite'));
      database
        .prepare('INSERT INTO reading_trials (sha256, deaths, at) VALUES (?, ?, ?)')
        .run(hash('sha256', bytes), times, Date.now());
      database.close();
    };
    const [rocket, coffee] = await Promise.all([photo('rocket.jpg'), photo('coffee.jpg')]);
    ended(4, rocket);
    ended(5, coffee);
    await start();
    const [ann, bob] = [fake.user(), fake.user({ languageCode: 'ar' })];
    fake.sendPhoto(rocket, { from: ann });
    fake.sendPhoto(coffee, { from: bob });
    await fake.waitUntil(() => isWhole(fake.privateChat(ann).id));
    await fake.waitUntil(() => answers(fake.privateChat(bob).id).length > 0);
    expect(answers(fake.privateChat(bob).id)[0]?.text).toBe(LANGUAGES.ar.errors.unreadable({}));
  });

  it('is answered though nobody knows whether the answer was shown before the program was killed', async () => {
    const first = await start();
    const user = fake.user();
    const chat = fake.privateChat(user);
    fake.fail({ method: 'sendPhoto', kind: 'stall' });
    fake.sendPhoto(await photo('rocket.jpg'), { from: user });
    await fake.waitForCall('sendPhoto', { unanswered: true });
    await first.stop('SIGKILL');
    const { port } = await start();
    await fake.waitUntil(() => isWhole(chat.id));
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/^vibe_possible_duplicates_total\{platform="telegram"\} 1$/m);
  });

  it('is edited, not posted again, when the program was killed between its answer and the words', async () => {
    const first = await start();
    const user = fake.user();
    const chat = fake.privateChat(user);
    fake.fail({ method: 'editMessageCaption', kind: 'stall' });
    fake.sendPhoto(await photo('rocket.jpg'), { from: user });
    await fake.waitForCall('editMessageCaption', { unanswered: true });
    await first.stop('SIGKILL');
    await start();
    await fake.waitUntil(() => isWhole(chat.id));
    expect(fake.callsOf('sendPhoto')).toHaveLength(1);
  });

  it('is finished on SIGTERM, what came later is left to Telegram, and the exit code is 0', async () => {
    const program = await start();
    const user = fake.user();
    const chat = fake.privateChat(user);
    const release = fake.hold('getFile');
    const taken = fake.sendPhoto(await photo('rocket.jpg'), { from: user });
    await fake.waitForCall('getFile', { unanswered: true });
    const stopped = program.stop('SIGTERM');
    await fake.waitForCall(({ method, params }) => method === 'getUpdates' && params['limit'] === 1);
    const later = fake.sendText('/help', { from: user });
    release();
    expect(await stopped).toBe(0);
    expect(isWhole(chat.id)).toBe(true);
    expect(fake.confirmedOffset).toBe(taken.update_id + 1);
    expect(fake.pendingUpdates().map(({ update_id: id }) => id)).toEqual([later.update_id]);
    expect(fake.violations).toEqual([]);
  });

  it('is answered once when the next instance starts while the last one still works', async () => {
    const first = await start();
    const user = fake.user();
    const chat = fake.privateChat(user);
    const release = fake.hold('getFile');
    fake.sendPhoto(await photo('rocket.jpg'), { from: user });
    await fake.waitForCall('getFile', { unanswered: true });
    const stopped = first.stop('SIGTERM');
    const second = start();
    // it is up, and waits for the other to go
    await fake.waitForCall(({ method, params }) => method === 'getUpdates' && params['limit'] === 1);
    release();
    expect(await stopped).toBe(0);
    await second;
    fake.sendText('/about', { from: user });
    await fake.waitUntil(() => answers(chat.id).length === 2);
    expect(isWhole(chat.id)).toBe(true);
    expect(fake.callsOf('sendPhoto')).toHaveLength(1);
  });

  it('is taken once, however often Telegram delivers it', async () => {
    await start();
    const user = fake.user();
    const chat = fake.privateChat(user);
    const update = fake.sendPhoto(await photo('rocket.jpg'), { from: user });
    await fake.waitUntil(() => isWhole(chat.id));
    fake.repeatUpdate(update.update_id);
    fake.sendText('/about', { from: user });
    await fake.waitForCall('sendMessage');
    expect(answers(chat.id)).toHaveLength(2);
    expect(fake.callsOf('sendPhoto')).toHaveLength(1);
  });
});

describe('a start that cannot be', () => {
  const failing = async (env: Record<string, string>) => {
    const { code, stderr } = await runProgram(['serve'], { env: { ...settings(), PORT: '0', ...env } });
    return { code, lines: stderr.trim().split('\n') };
  };

  it('ends with one line when the token is refused', async () => {
    const { code, lines } = await failing({ TELEGRAM_TOKEN: `1:${'x'.repeat(35)}` });
    expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining('TELEGRAM_TOKEN')] });
  });

  it('ends with one line when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, lines } = await failing({ PORT: `${port}` });
    other.close();
    expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining('PORT')] });
  });

  it('ends with one line when it cannot keep its state', async () => {
    const { code, lines } = await failing({ STATE_DIR: join(REPOSITORY, 'package.json') });
    expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining('STATE_DIR')] });
  });
});

describe('secrets', () => {
  it('reach no log line and no message, whatever fails', async () => {
    const program = await start({ LOG_LEVEL: 'debug', OPENAI_API_KEY: KEY });
    const user = fake.user();
    const chat = fake.privateChat(user);
    const html = {
      kind: 'answer',
      body: `<html>/bot${fake.token}/ ${SECRET} ${KEY}</html>`,
      contentType: 'text/html',
    } as const;
    fake.fail({ method: 'getUpdates', ...html, status: 502 });
    fake.fail({ method: 'getUpdates', ...html, status: 200 });
    fake.fail({ method: 'getUpdates', kind: 'conflict' });
    fake.fail({ method: 'getFile', kind: 'rate-limit', retryAfter: 1 });
    fake.fail({ method: 'getFile', ...html, status: 200 });
    fake.fail({ method: 'getFile', kind: 'drop' });
    fake.fail({ method: 'file', kind: 'truncate', bytes: 100 });
    fake.fail({ method: 'file', ...html, status: 500 });
    fake.fail({ method: 'editMessageCaption', ...html, status: 200 });
    fake.fail({ method: 'editMessageCaption', kind: 'drop-reply' });
    fake.sendPhoto(await photo('cat.jpg'), { from: user });
    await fake.waitUntil(() => isWhole(chat.id), { timeoutMs: 40_000 });
    fake.fail({
      method: 'sendMessage',
      kind: 'refuse',
      code: 400,
      description: `Bad Request: ${fake.token} ${KEY}`,
    });
    fake.sendText('/about', { from: user });
    await fake.waitUntil(() => answers(chat.id).some(({ text }) => text.startsWith('Sorry')));
    fake.fail({ method: 'sendPhoto', kind: 'drop' });
    fake.sendPhoto(await photo('rocket.jpg'), { from: user });
    await fake.waitUntil(() => answers(chat.id).filter(({ photo: shown }) => shown).length === 2);
    await program.stop('SIGTERM');
    expect(program.lines.filter((line) => line.includes('a request failed'))).toHaveLength(1);
    const [, tokenSecret = ''] = fake.token.split(':');
    const said = answers(chat.id).map(({ text }) => text);
    for (const text of [...program.lines, ...said]) {
      expect(text).not.toContain(tokenSecret);
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(KEY);
    }
  });
});
