import { type ChatInputCommandInteraction, type Client, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { connectClient, nextInteraction } from './discord-client.ts';
import { type FakeDiscord, startFakeDiscord } from './fake-discord.ts';
import type { Acting } from './interact.ts';
import { Permission } from './permission.ts';

async function command(fake: FakeDiscord, client: Client, acting: Partial<Acting> = {}) {
  const coming = nextInteraction(client);
  const done = fake.slash('vibe', {}, { by: fake.user(), ...acting });
  return { done, interaction: (await coming) as ChatInputCommandInteraction };
}

test('who acknowledges late is refused, by the clock and at the word of a test', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  const late = await command(fake, client);
  fake.advance(3001);
  await expect(late.interaction.deferReply()).rejects.toMatchObject({
    code: 10062,
    status: 404,
    message: 'Unknown interaction',
  });
  expect(late.done).toMatchObject({ acknowledgedAs: undefined, answer: undefined });
  const never = await command(fake, client, { deadlineMs: -1 });
  await expect(never.interaction.reply('x')).rejects.toMatchObject({ code: 10062 });
  const missed = await command(fake, client);
  missed.done.missDeadline();
  await expect(missed.interaction.reply('x')).rejects.toMatchObject({ code: 10062 });
  expect(fake.violations).toEqual([]);
});

test('one interaction is acknowledged once', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  const { interaction, done } = await command(fake, client);
  const url = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
  await client.rest.post(url, { body: { type: 5 }, auth: false });
  await expect(client.rest.post(url, { body: { type: 5 }, auth: false })).rejects.toMatchObject({
    code: 40060,
    status: 400,
  });
  expect(done.acknowledgedAs).toBe(5);
  expect(fake.callsOf('create_interaction_response').map(({ status, code }) => [status, code])).toEqual([
    [204, undefined],
    [400, 40060],
  ]);
});

test('a token lives a quarter of an hour, and begins with the acknowledgement', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  const { interaction } = await command(fake, client);
  const original = `/webhooks/${fake.bot.id}/${interaction.token}/messages/@original` as const;
  await expect(client.rest.get(original, { auth: false })).rejects.toMatchObject({ code: 10015 });
  const response = await interaction.reply({ content: 'x', withResponse: true });
  expect(response.resource?.message?.content).toBe('x');
  fake.advance(14 * 60_000);
  await interaction.editReply('y');
  fake.advance(60_000);
  await expect(interaction.editReply('z')).rejects.toMatchObject({ code: 50027, status: 401 });
  // what lies in a channel can still be edited there
  await client.rest.patch(`/channels/${interaction.channelId}/messages/${response.resource?.message?.id}`, {
    body: { content: 'z' },
  });
  const other = await command(fake, client);
  await other.interaction.deferReply({ flags: MessageFlags.Ephemeral });
  other.done.expire(10015);
  await expect(other.interaction.editReply('x')).rejects.toMatchObject({ code: 10015, status: 404 });
  expect(other.done.answer).toMatchObject({ isLoading: true, isEphemeral: true });
});

test('the first follow-up to a deferred answer is that answer; ephemeral ones are nobody else’s', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild();
  const client = await connectClient(fake);
  const { interaction, done } = await command(fake, client, { channel: guild.general });
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const first = await interaction.followUp('first');
  expect(done.answer).toMatchObject({ id: first.id, content: 'first', isEphemeral: true, isLoading: false });
  await expect(client.rest.get(`/channels/${guild.general.id}/messages/${first.id}`)).rejects.toMatchObject({
    code: 10008,
  });
  expect(() => fake.press(first, 'x', fake.user())).toThrow('does not see message');
  await interaction.deleteReply();
  await expect(interaction.editReply('x')).rejects.toMatchObject({ code: 10008 });
  expect(fake.gateway.events.filter(({ event }) => event.startsWith('MESSAGE'))).toEqual([]);
  const other = await command(fake, client, { channel: guild.general });
  await other.interaction.deferReply();
  await other.interaction.deleteReply();
  const later = await other.interaction.followUp({ content: 'later', flags: MessageFlags.Ephemeral });
  expect(fake.message(later.id)).toMatchObject({ content: 'later', isEphemeral: true });
  expect(fake.violations).toEqual([]);
});

test('twenty at once are all acknowledged, and each knows when', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  client.on('interactionCreate', (interaction) => {
    if (interaction.isRepliable()) void interaction.deferReply();
  });
  const all = Array.from({ length: 20 }, () => fake.slash('vibe', {}, { by: fake.user() }));
  await fake.waitUntil(() => all.every(({ acknowledgedAs }) => acknowledgedAs === 5));
  expect(all.every(({ acknowledgedAfter }) => (acknowledgedAfter ?? Number.NaN) < 3000)).toBe(true);
});

test('in a guild without the bot, it is somebody’s own app: it answers, and cannot post by its own right', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild({ bot: false });
  const by = fake.user();
  fake.member(guild, by, { permissions: Permission.manageGuild });
  const client = await connectClient(fake);
  expect(client.guilds.cache.size).toBe(0);
  const attachmentSizeLimit = 50 * 1024 * 1024;
  const acting = { by, channel: fake.thread(guild.general), attachmentSizeLimit };
  const { interaction, done } = await command(fake, client, acting);
  expect(interaction).toMatchObject({
    guildId: guild.id,
    guild: null,
    context: 0,
    authorizingIntegrationOwners: { 1: by.id },
  });
  expect(interaction.memberPermissions?.has('ManageGuild')).toBe(true);
  expect(interaction.appPermissions.has('ViewChannel')).toBe(false);
  const file = { attachment: Buffer.alloc(11 * 1024 * 1024), name: 'large.bin' };
  await interaction.reply({ content: 'x', files: [file] });
  expect(done.answer?.files.get('large.bin')).toHaveLength(11 * 1024 * 1024);
  const post = client.rest.post(`/channels/${acting.channel.id}/messages`, { body: { content: 'x' } });
  await expect(post).rejects.toMatchObject({ code: 50001 });
  expect(fake.gateway.events.filter(({ event }) => event.startsWith('MESSAGE'))).toEqual([]);
  expect(fake.violations).toEqual([]);
});

test('where people may not use their own apps in public, all answers are for them alone', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild({ bot: false });
  const by = fake.user();
  fake.member(guild, by, { permissions: Permission.sendMessages });
  const client = await connectClient(fake);
  const { interaction, done } = await command(fake, client, { by, channel: guild.general });
  await interaction.deferReply();
  expect(done.answer).toMatchObject({ isLoading: true, isEphemeral: true });
  await interaction.editReply('x');
  const { id } = await interaction.followUp('y');
  expect(fake.message(id)).toMatchObject({ isEphemeral: true, raw: { flags: 64 } });
});

test('callbacks must suit what they answer', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  const { interaction } = await command(fake, client);
  const callback = (body: object) =>
    client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, { body, auth: false });
  await expect(callback({ type: 6 })).rejects.toMatchObject({ code: 50035 });
  await expect(callback({ type: 1 })).rejects.toMatchObject({ code: 50035 });
  await expect(callback({ type: 5, data: { flags: 1 << 15 } })).rejects.toMatchObject({ code: 50035 });
  await callback({ type: 5, data: { flags: 64 } });
  expect(fake.violations).toHaveLength(3);
});
