/** The bot as people have it: /vibe into a local Discord, 20 at once, until the last edit; its memory; and a lost gateway. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiscordCall } from '../test/support/discord/discord-call-log.ts';
import { startFakeDiscord } from '../test/support/discord/fake-discord.ts';
import { startProgram } from '../test/support/start-program.ts';
import { runChatLoad } from './chat-load.ts';
import { median } from './median.ts';

const RESUMES = 10;

const folder = await mkdtemp(join(tmpdir(), 'vibe-bench-'));
const fake = await startFakeDiscord();
const program = await startProgram({
  DISCORD_TOKEN: fake.token,
  DISCORD_API_URL: fake.apiUrl,
  DISCORD_CDN_HOSTS: fake.cdnHost,
  STATE_DIR: folder,
});
await fake.waitUntil(() => program.lines.some((line) => line.includes('Discord is on')));
const { general } = fake.guild();

function ask(command: string, by: ReturnType<typeof fake.user>, options: Parameters<typeof fake.slash>[1]) {
  const interaction = fake.slash(command, options, { by, channel: general });
  const isEdit = (call: DiscordCall) =>
    call.method === 'update_original_webhook_message' &&
    call.path['webhook_token'] === interaction.token &&
    call.status === 200;
  return { interaction, isEdit };
}

await runChatLoad({
  folder,
  pid: program.child.pid ?? 0,
  person: () => fake.user(),
  async ask(by, photo) {
    const after = fake.calls.length;
    const sentAt = performance.now();
    const { interaction, isEdit } = ask('vibe', by, { image: { bytes: photo } });
    const first = await fake.waitForCall(isEdit, { after });
    const isWhole = (call: DiscordCall) => JSON.stringify(call.params).includes('Why this photo');
    const last = await fake.waitForCall((call) => isEdit(call) && isWhole(call), { after });
    return {
      sign: interaction.acknowledgedAfter ?? Number.NaN,
      first: first.at - sentAt,
      last: last.at - sentAt,
    };
  },
});

const resumed: number[] = [];
for (let lost = 0; lost < RESUMES; lost++) {
  const after = fake.calls.length;
  fake.gateway.drop();
  const droppedAt = performance.now();
  const { isEdit } = ask('help', fake.user(), {});
  resumed.push((await fake.waitForCall(isEdit, { after })).at - droppedAt);
}
const identified = fake.gateway.sessions.length;
console.log(
  `a command sent as the gateway drops is answered after ${Math.round(median(resumed))} ms, median of ${RESUMES}`,
);
console.log(`sessions in all: ${identified}`);
if (fake.violations.length > 0) console.log(fake.violations);
console.log(`exit code ${await program.stop('SIGTERM')}`);
await fake.close();
await rm(folder, { recursive: true });
