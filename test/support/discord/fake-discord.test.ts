import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  InteractionContextType,
  MediaGalleryBuilder,
  MediaGalleryItemBuilder,
  MessageFlags,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
} from 'discord.js';
import { expect, test } from 'vitest';
import { flat } from '../pictures.ts';
import { connectClient, nextInteraction } from './discord-client.ts';
import { startFakeDiscord } from './fake-discord.ts';

const PHOTO = await flat(100, 50, 'red').png().toBuffer();
const HEATMAP = await flat(60, 30, 'blue').png().toBuffer();

function card() {
  const gallery = new MediaGalleryItemBuilder()
    .setURL('attachment://heatmap.png')
    .setDescription('Where it is');
  const up = new ButtonBuilder().setCustomId('up').setLabel('👍').setStyle(ButtonStyle.Secondary);
  const link = new ButtonBuilder().setURL('https://example.org').setLabel('Play').setStyle(ButtonStyle.Link);
  const why = new StringSelectMenuBuilder()
    .setCustomId('why')
    .setPlaceholder('Why not …?')
    .addOptions({ label: 'Rock', value: 'rock' }, { label: 'Jazz', value: 'jazz' });
  const container = new ContainerBuilder()
    .setAccentColor(0xff8800)
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('# Classical'))
    .addMediaGalleryComponents(new MediaGalleryBuilder().addItems(gallery))
    .addActionRowComponents(new ActionRowBuilder<ButtonBuilder>().addComponents(up, link))
    .addActionRowComponents(new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(why));
  return {
    flags: MessageFlags.IsComponentsV2 as const,
    components: [container],
    files: [new AttachmentBuilder(HEATMAP, { name: 'heatmap.png' })],
  };
}

test('a slash command with a picture is deferred, read, and answered with components and a file', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild({ locale: 'de' });
  const client = await connectClient(fake);
  expect(client.guilds.cache.get(guild.id)?.channels.cache.get(guild.general.id)?.name).toBe('general');
  const coming = nextInteraction(client);
  const done = fake.slash(
    'vibe',
    { image: { bytes: PHOTO, name: 'my photo.png', spoiler: true }, genre: 'jazz', private: false },
    {
      by: fake.user({ globalName: 'Anna' }),
      channel: guild.general,
      locale: 'fr',
      attachmentSizeLimit: 100_000_000,
    },
  );
  const interaction = await coming;
  if (!interaction.isChatInputCommand()) throw new Error('this is no slash command');
  await interaction.deferReply();
  expect(done.acknowledgedAs).toBe(5);
  expect(done.acknowledgedAfter).toBeLessThan(3000);
  expect(done.answer).toMatchObject({ isLoading: true, isEphemeral: false });
  const image = interaction.options.getAttachment('image', true);
  expect(image).toMatchObject({
    name: 'SPOILER_my_photo.png',
    width: 100,
    height: 50,
    contentType: 'image/png',
    size: PHOTO.length,
    spoiler: true,
  });
  expect(Buffer.from(await (await fetch(image.url)).arrayBuffer())).toEqual(PHOTO);
  expect(interaction).toMatchObject({
    locale: 'fr',
    guildLocale: 'de',
    context: 0,
    attachmentSizeLimit: 100_000_000,
  });
  expect(interaction.options.getString('genre')).toBe('jazz');
  expect(interaction.options.getBoolean('private')).toBe(false);
  const sent = await interaction.editReply({ ...card(), allowedMentions: { parse: [] } });
  expect(sent.attachments.size).toBe(0);
  expect(done.answer).toMatchObject({
    isComponentsV2: true,
    isLoading: false,
    text: '# Classical',
    pictures: [{ description: 'Where it is', bytes: HEATMAP }],
    allowedMentions: { parse: [] },
  });
  const [picture] = done.answer?.pictures ?? [];
  expect(Buffer.from(await (await fetch(picture?.url ?? '')).arrayBuffer())).toEqual(HEATMAP);
  const call = await fake.waitForCall('update_original_webhook_message');
  expect(call).toMatchObject({
    route: 'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original',
    status: 200,
    path: { webhook_id: fake.bot.id, webhook_token: done.token },
    files: [{ field: 'files[0]', fileName: 'heatmap.png', bytes: HEATMAP }],
  });
  expect(fake.violations).toEqual([]);
});

test('buttons and lists: pressed by name, answered, edited, followed up', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild();
  const client = await connectClient(fake);
  const channel = client.channels.cache.get(guild.general.id);
  if (!channel?.isSendable()) throw new Error('there is no channel');
  const { id } = await channel.send(card());
  const by = fake.user();
  const pressing = nextInteraction(client);
  const press = fake.press({ id }, '👍', by);
  const pressed = await pressing;
  if (!pressed.isButton()) throw new Error('this is no button');
  expect(pressed).toMatchObject({ customId: 'up', message: { id } });
  await pressed.deferUpdate();
  const followUp = await pressed.followUp({ content: 'Thanks', flags: MessageFlags.Ephemeral });
  expect(fake.message(followUp.id)).toMatchObject({ isEphemeral: true, content: 'Thanks' });
  expect(press).toMatchObject({ acknowledgedAs: 6, answer: { id } });
  await pressed.editReply({ components: [new TextDisplayBuilder().setContent('new')], attachments: [] });
  expect(fake.message(id)).toMatchObject({ text: 'new', isComponentsV2: true, edits: 1, pictures: [] });
  expect(() => fake.press({ id }, '👎', by)).toThrow('no button "👎" to press; there are: none');
  await pressed.deleteReply(followUp.id);
  expect(fake.message(followUp.id).deleted).toBe(true);

  const other = await channel.send(card());
  const choosing = nextInteraction(client);
  fake.choose(other, ['Rock'], by);
  const chosen = await choosing;
  if (!chosen.isStringSelectMenu()) throw new Error('this is no list');
  expect(chosen.values).toEqual(['rock']);
  // every press brings new addresses of the pictures
  const fresh = chosen.message.components[0]?.toJSON();
  fake.expireAttachments();
  const stale = JSON.stringify(fresh).match(/http:[^"]+heatmap[^"]+/)?.[0] ?? '';
  expect((await fetch(stale)).status).toBe(404);
  await chosen.update({ components: [new TextDisplayBuilder().setContent('Rock?')], attachments: [] });
  expect(fake.message(other.id).text).toBe('Rock?');
  expect(fake.messagesIn(guild.general).map(({ id: known }) => known)).toEqual([id, followUp.id, other.id]);
  expect(fake.violations).toEqual([]);
});

test('a message command brings the whole message, also where the bot is only somebody’s own app', async () => {
  await using fake = await startFakeDiscord();
  const client = await connectClient(fake);
  const [by, friend] = [fake.user(), fake.user()];
  const channel = fake.privateChannel(by, friend);
  const message = fake.sendFiles(
    [{ bytes: PHOTO }, { bytes: PHOTO, name: 'b.heic' }],
    { from: friend, channel },
    'look',
  );
  const coming = nextInteraction(client);
  const done = fake.useOnMessage('Get the vibe', message, { by });
  const interaction = await coming;
  if (!interaction.isMessageContextMenuCommand()) throw new Error('this is no message command');
  expect(interaction.targetMessage).toMatchObject({ content: 'look', author: { id: friend.id } });
  expect(interaction.targetMessage.attachments.map(({ name }) => name)).toEqual(['photo.jpg', 'b.heic']);
  expect(interaction).toMatchObject({
    context: InteractionContextType.PrivateChannel,
    authorizingIntegrationOwners: { 1: by.id },
  });
  await interaction.reply({ content: 'private', flags: MessageFlags.Ephemeral });
  expect(done.answer).toMatchObject({ isEphemeral: true, content: 'private' });
  for (let index = 0; index < 5; index += 1) await interaction.followUp(`${index}`);
  await expect(interaction.followUp('too many')).rejects.toMatchObject({ code: 40094 });
  await expect(
    client.rest.post(`/channels/${channel.id}/messages`, { body: { content: 'x' } }),
  ).rejects.toMatchObject({ code: 50001 });
  expect(fake.violations).toEqual([]);
});
