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
await program.printed('Discord is on');
const guild = fake.guild();
/** In a channel of their own: one takes only so many answers a minute. */
const person = () => ({ by: fake.user(), channel: fake.channel(guild) });

function ask(command: string, who: ReturnType<typeof person>, options: Parameters<typeof fake.slash>[1]) {
  const interaction = fake.slash(command, options, who);
  const isEdit = (call: DiscordCall) =>
    call.method === 'update_original_webhook_message' &&
    call.path['webhook_token'] === interaction.token &&
    call.status === 200;
  return { interaction, isEdit };
}

await runChatLoad({
  folder,
  pid: program.child.pid ?? 0,
  person,
  async ask(who, photo) {
    const after = fake.calls.length;
    const sentAt = performance.now();
    const { interaction, isEdit } = ask('vibe', who, { image: { bytes: photo } });
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
  const { isEdit } = ask('help', person(), {});
  resumed.push((await fake.waitForCall(isEdit, { after })).at - droppedAt);
}
console.log(
  `a command sent as the gateway drops is answered after ${Math.round(median(resumed))} ms, median of ${RESUMES}`,
);
console.log(`sessions begun: ${fake.gateway.notesOf('identify').length}`);
if (fake.violations.length > 0) console.log(fake.violations);
console.log(`exit code ${await program.stop('SIGTERM')}`);
await fake.close();
await rm(folder, { recursive: true });
