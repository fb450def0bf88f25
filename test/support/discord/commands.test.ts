import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  REST,
  Routes,
  SlashCommandBuilder,
} from 'discord.js';
import { expect, test } from 'vitest';
import { flat } from '../pictures.ts';
import { connectClient } from './discord-client.ts';
import { startFakeDiscord } from './fake-discord.ts';
import { Permission } from './permission.ts';

const PHOTO = await flat(100, 50, 'red').png().toBuffer();

test('commands are registered, told apart by place, and offered to people as they are', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild();
  const client = await connectClient(fake);
  const vibe = new SlashCommandBuilder()
    .setName('vibe')
    .setDescription('The music in a photo')
    .setDescriptionLocalizations({ de: 'Die Musik in einem Foto' })
    .addAttachmentOption((option) =>
      option.setName('image').setDescription('A photo').setRequired(true).setFileTypes('image', '.heic'),
    )
    .setDefaultMemberPermissions(Permission.sendMessages);
  const menu = new ContextMenuCommandBuilder()
    .setName('Get the vibe')
    .setType(ApplicationCommandType.Message);
  await client.application.commands.set([vibe, menu]);
  await client.application.commands.set([vibe], guild.id);
  const [first] = fake.commands();
  await client.application.commands.set([menu, vibe]);
  expect(fake.commands().map(({ name }) => name)).toEqual(['Get the vibe', 'vibe']);
  expect(fake.commands()[1]).toEqual(first);
  expect(fake.commands(guild.id)).toHaveLength(1);
  const route = Routes.applicationCommands(fake.bot.id);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const given = { name: 'vibe', description_localizations: { de: 'Die Musik in einem Foto' } };
  expect(await client.rest.get(route, { query })).toMatchObject([{ name: 'Get the vibe' }, given]);
  expect(await client.rest.get(route)).not.toMatchObject([{ name: 'Get the vibe' }, given]);
  const by = fake.user();
  expect(() => fake.slash('vibe', {}, { by })).toThrow('/vibe needs the option "image"');
  expect(() => fake.slash('vibes', {}, { by })).toThrow('no command "vibes" of type 1 is registered');
  expect(() => fake.slash('vibe', { image: { bytes: PHOTO }, x: 1 }, { by })).toThrow('has no option "x"');
  expect(fake.violations).toEqual([]);
});

test('commands are offered where, to whom and as whose app they were registered for', async () => {
  await using fake = await startFakeDiscord();
  const rest = new REST({ api: fake.apiUrl, version: '10' }).setToken(fake.token);
  const command = (name: string, more: object) => ({ name, description: 'x', ...more });
  const everywhere = { integration_types: [0, 1], contexts: [0, 1, 2] };
  const choices = [{ name: 'Jazz', value: 'jazz', name_localizations: { de: 'Jazz' } }];
  const body = [
    command('vibe', { ...everywhere, options: [{ ...command('genre', {}), type: 3, choices }] }),
    command('setup', { integration_types: [0], contexts: [0], default_member_permissions: '32' }),
  ];
  const route = Routes.applicationCommands(fake.bot.id);
  await rest.put(route, { body });
  expect(JSON.stringify(await rest.get(route))).not.toContain('"de"');
  const by = fake.user();
  const { general: channel, ...guild } = fake.guild();
  const friends = fake.privateChannel(by, fake.user(), fake.user());
  fake.slash('vibe', {}, { by });
  expect(fake.slash('vibe', {}, { by, channel: friends }).raw).toMatchObject({
    context: 2,
    channel: { type: 3 },
    authorizing_integration_owners: { 1: by.id },
  });
  expect(() => fake.slash('setup', {}, { by })).toThrow('not offered in context 1');
  expect(() => fake.slash('setup', {}, { by, channel, installed: 'user' })).toThrow(
    'installations of type 1',
  );
  expect(() => fake.slash('setup', {}, { by, channel })).toThrow('who may not do 32');
  fake.slash('setup', {}, { by: guild.owner, channel });
});
