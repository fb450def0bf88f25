import { REST } from 'discord.js';
import { expect, test } from 'vitest';
import type { DiscordMessage } from './discord-types.ts';
import { type FakeDiscord, startFakeDiscord } from './fake-discord.ts';

const PHOTO = { bytes: Buffer.from('photo'), name: 'photo.heic' };

/** A message as the bot gets it when it asks. */
async function read(fake: FakeDiscord, { channel_id, id }: DiscordMessage): Promise<DiscordMessage> {
  const rest = new REST({ api: fake.apiUrl, version: '10' }).setToken(fake.token);
  return (await rest.get(`/channels/${channel_id}/messages/${id}`)) as DiscordMessage;
}

test('a message that is asked for has new addresses, and no content unless it is meant for the bot', async () => {
  await using fake = await startFakeDiscord();
  const { general: channel } = fake.guild();
  const from = fake.user();
  const direct = fake.sendFiles([PHOTO], { from });
  const meant = fake.sendFiles([PHOTO], { from, channel }, `<@${fake.bot.id}>`);
  fake.expireAttachments();
  for (const message of [direct, meant]) {
    const [file] = (await read(fake, message)).attachments;
    expect(file).toMatchObject({ id: message.attachments[0]?.id, content_type: 'image/heic' });
    expect((await fetch(file?.url ?? '')).status).toBe(200);
  }
  const other = fake.sendFiles([PHOTO], { from, channel }, 'look');
  expect(await read(fake, other)).toMatchObject({ content: '', attachments: [] });
});

test('a forward shows what it forwards in its snapshot alone, and not without the intent for it', async () => {
  await using fake = await startFakeDiscord();
  const { general: channel } = fake.guild();
  const from = fake.user();
  const original = fake.sendFiles([PHOTO], { from, channel }, 'my cat');
  const direct = fake.forward(original, { from });
  fake.expireAttachments();
  const seen = await read(fake, direct);
  expect(seen).toMatchObject({
    content: '',
    attachments: [],
    message_reference: { type: 1, message_id: original.id },
    message_snapshots: [{ message: { content: 'my cat', attachments: [{ filename: 'photo.heic' }] } }],
  });
  const url = seen.message_snapshots?.[0]?.message.attachments[0]?.url ?? '';
  expect((await fetch(url)).status).toBe(200);
  const again = fake.forward(direct, { from, channel });
  expect(again.message_snapshots).toMatchObject([{ message: { content: 'my cat' } }]);
  expect(await read(fake, again)).toMatchObject({
    message_snapshots: [{ message: { content: '', attachments: [] } }],
  });
});

test('voice messages and posts of a forum', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild();
  const from = fake.user();
  const voice = fake.sendVoice({ from });
  expect(voice).toMatchObject({ flags: 1 << 13, attachments: [{ content_type: 'audio/ogg' }] });
  expect(voice.attachments[0]?.duration_secs).toBeGreaterThan(0);
  const forum = fake.channel(guild, { type: 'forum' });
  const post = fake.post(forum, { from, name: 'Cats', files: [PHOTO] }, `<@${fake.bot.id}>`);
  expect(post.id).toBe(post.channel_id);
  expect((await read(fake, post)).attachments).toHaveLength(1);
  const done = fake.useOnMessage('Get the vibe', post, { by: from });
  expect(done.raw).toMatchObject({ channel: { type: 11, parent_id: forum.id }, context: 0 });
});

test('who answers the answer to an interaction mentions nobody', async () => {
  await using fake = await startFakeDiscord();
  const { general: channel } = fake.guild();
  const from = fake.user();
  const rest = new REST({ api: fake.apiUrl, version: '10' }).setToken(fake.token);
  const ordinary = (await rest.post(`/channels/${channel.id}/messages`, {
    body: { content: 'x' },
  })) as DiscordMessage;
  const done = fake.slash('vibe', {}, { by: from, channel });
  const body = { type: 4, data: { content: 'x' } };
  await rest.post(`/interactions/${done.id}/${done.token}/callback`, { body, auth: false });
  const answers = [ordinary, { id: done.answer?.id ?? '' }].map((replyTo) =>
    fake.sendText('nice', { from, channel, replyTo }),
  );
  expect(answers.map(({ mentions }) => mentions.length)).toEqual([1, 0]);
});
