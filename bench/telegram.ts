/** The bot as people have it: photos into a local Bot API, 20 chats at once, until the last edit; and its memory. */

import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '../test/support/start-program.ts';
import type { Call } from '../test/support/telegram/call-log.ts';
import { type FakeBotApi, startFakeBotApi } from '../test/support/telegram/fake-bot-api.ts';
import { median } from './median.ts';
import { percentile } from './percentile.ts';
import { makePhotos } from './photos.ts';

const CHATS = 20;
/** So many photos are timed; memory is read after the first 50 and after 500. */
const TIMED = 200;
const MEMORY_AFTER = [50, 500];
const PHOTOS_ALONE = 20;
/** Somebody else goes on then: a person may send 20 a minute. */
const PHOTOS_A_PERSON = 10;

interface Answered {
  /** Milliseconds from when Telegram has the photo; sign: that an answer is on its way. */
  readonly sign: number;
  readonly first: number;
  readonly last: number;
}

/** Sends a photo and waits for the answer's last edit. */
async function ask(fake: FakeBotApi, user: ReturnType<FakeBotApi['user']>, photo: Buffer): Promise<Answered> {
  const chat = fake.privateChat(user);
  const from = fake.calls.length;
  const sentAt = performance.now();
  fake.sendPhoto(photo, { from: user, width: 1280, height: 960 });
  const ofChat = (call: Call) => call.params['chat_id'] === chat.id && call.status === 200;
  const isWhole = (call: Call) => String(call.params['caption']).includes('Why this photo');
  const posted = await fake.waitForCall((call) => call.method === 'sendPhoto' && ofChat(call), {
    after: from,
  });
  const edited = await fake.waitForCall(
    (call) => call.method === 'editMessageCaption' && ofChat(call) && isWhole(call),
    { after: posted.index },
  );
  const sign = fake.calls.slice(from).find((call) => call.method === 'sendChatAction' && ofChat(call));
  return { sign: (sign?.at ?? Number.NaN) - sentAt, first: posted.at - sentAt, last: edited.at - sentAt };
}

function residentMiB(pid: number): number {
  const [, kib] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s*(\d+) kB$/m) ?? [];
  return Math.round(Number(kib) / 1024);
}

const folder = await mkdtemp(join(tmpdir(), 'vibe-bench-'));
const paths = await makePhotos(folder, CHATS, 1280, 960);
const photos = await Promise.all(paths.map((path) => readFile(path)));
const fake = await startFakeBotApi();
const program = await startProgram({
  TELEGRAM_TOKEN: fake.token,
  TELEGRAM_API_ROOT: fake.url,
  STATE_DIR: folder,
  LOG_LEVEL: 'info',
});
const { pid = 0 } = program.child;
await fake.waitForCall('getUpdates', { unanswered: true });
const cold = await ask(fake, fake.user(), photos[0] as Buffer);

const answers: Answered[] = [];
const memory: Record<string, number> = {};
let asked = 0;
async function chat(): Promise<void> {
  for (let sent = 0, user = fake.user(); asked < Math.max(...MEMORY_AFTER); sent++) {
    if (sent % PHOTOS_A_PERSON === 0) user = fake.user();
    const photo = photos[asked++ % photos.length] as Buffer;
    answers.push(await ask(fake, user, photo));
    if (MEMORY_AFTER.includes(answers.length)) memory[`after ${answers.length}`] = residentMiB(pid);
  }
}
const began = performance.now();
await Promise.all(Array.from({ length: CHATS }, chat));
const perSecond = answers.length / ((performance.now() - began) / 1000);

const alone: Answered[] = [];
for (let sent = 0; sent < PHOTOS_ALONE; sent++) {
  alone.push(await ask(fake, fake.user(), photos[sent % photos.length] as Buffer));
}

const timed = answers.slice(0, TIMED);
const row = (values: readonly number[]) => ({
  p50: Math.round(median(values)),
  p95: Math.round(percentile(values, 0.95)),
  p99: Math.round(percentile(values, 0.99)),
});
console.log(`${timed.length} photos of 1280 × 960, ${CHATS} chats at once; milliseconds from the photo to`);
console.table({
  'the sign of work': row(timed.map(({ sign }) => sign)),
  'the first result': row(timed.map(({ first }) => first)),
  'the last edit': row(timed.map(({ last }) => last)),
});
const middle = (key: keyof Answered) => Math.round(median(alone.map((each) => each[key])));
console.log(`one at a time, median of ${PHOTOS_ALONE}: ${middle('first')} and ${middle('last')} ms`);
console.log(`right after the start: ${Math.round(cold.first)} and ${Math.round(cold.last)} ms`);
console.log(`${perSecond.toFixed(1)} photos/s; resident MiB ${JSON.stringify(memory)}`);
if (fake.violations.length > 0) console.log(fake.violations);
console.log(`exit code ${await program.stop('SIGTERM')}`);
await fake.close();
await rm(folder, { recursive: true });
