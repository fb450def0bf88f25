/** The bot as people have it: photos into a local Bot API, 20 chats at once, until the last edit; and its memory. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from '../test/support/local-server/call-log.ts';
import { startProgram } from '../test/support/start-program.ts';
import { startFakeBotApi } from '../test/support/telegram/fake-bot-api.ts';
import { runChatLoad } from './chat-load.ts';

const folder = await mkdtemp(join(tmpdir(), 'vibe-bench-'));
const fake = await startFakeBotApi();
const program = await startProgram({
  TELEGRAM_TOKEN: fake.token,
  TELEGRAM_API_ROOT: fake.url,
  STATE_DIR: folder,
});
await fake.waitForCall('getUpdates', { unanswered: true });
await runChatLoad({
  folder,
  pid: program.child.pid ?? 0,
  person: () => fake.user(),
  async ask(user, photo) {
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
  },
});
if (fake.violations.length > 0) console.log(fake.violations);
console.log(`exit code ${await program.stop('SIGTERM')}`);
await fake.close();
await rm(folder, { recursive: true });
