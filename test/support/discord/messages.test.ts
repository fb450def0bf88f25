import { Events, type Message, Partials } from 'discord.js';
import { expect, test } from 'vitest';
import { flat } from '../pictures.ts';
import { connectClient } from './discord-client.ts';
import { startFakeDiscord } from './fake-discord.ts';
import { Permission } from './permission.ts';

const PHOTO = await flat(100, 50, 'red').png().toBuffer();

test('messages come without their content, unless they are meant for the bot', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild();
  // without this partial, discord.js drops direct messages without a word
  const client = await connectClient(fake, { partials: [Partials.Channel] });
  const seen: Message[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  client.on(Events.MessageCreate, (message) => {
    seen.push(message);
    if (seen.length === 5) resolve();
  });
  const from = fake.user();
  const photo = fake.sendFiles([{ bytes: PHOTO }], { from, channel: guild.general }, 'my cat');
  fake.sendFiles([{ bytes: PHOTO }], { from, channel: guild.general }, `<@${fake.bot.id}> what is this?`);
  fake.sendText(`<@${fake.bot.id}> and this?`, { from, channel: guild.general, replyTo: photo });
  fake.sendFiles([{ bytes: PHOTO }], { from }, 'only for you');
  fake.sendText('beep', { from: fake.user({ bot: true }), channel: fake.thread(guild.general) });
  await all;
  const [other, meant, answer, direct, robot] = seen;
  expect(other).toMatchObject({ content: '', attachments: { size: 0 } });
  expect(meant).toMatchObject({ content: `<@${fake.bot.id}> what is this?`, attachments: { size: 1 } });
  expect(answer?.reference?.messageId).toBe(photo.id);
  expect(await answer?.fetchReference()).toMatchObject({ content: '', attachments: { size: 0 } });
  expect(fake.message(photo.id)).toMatchObject({ content: 'my cat', files: { size: 1 } });
  expect(direct).toMatchObject({ content: 'only for you', guildId: null, attachments: { size: 1 } });
  expect(robot).toMatchObject({ author: { bot: true }, channel: { isThread: expect.any(Function) } });
  expect(fake.gateway.events.every(({ fate }) => fate === 'sent' || fate === 'lost')).toBe(true);
});

test('direct messages, rights, and what is no longer there', async () => {
  await using fake = await startFakeDiscord();
  const guild = fake.guild();
  const muted = fake.channel(guild, { botPermissions: Permission.viewChannel });
  const hidden = fake.channel(guild, { botPermissions: 0n });
  const client = await connectClient(fake);
  const post = (channelId: string, body: object) =>
    client.rest.post(`/channels/${channelId}/messages`, { body });
  await expect(post(muted.id, { content: 'x' })).rejects.toMatchObject({ code: 50013, status: 403 });
  await expect(post(hidden.id, { content: 'x' })).rejects.toMatchObject({ code: 50001 });
  await expect(post('1', { content: 'x' })).rejects.toMatchObject({ code: 10003 });
  await expect(post(fake.channel(guild, { type: 'forum' }).id, { content: 'x' })).rejects.toMatchObject({
    code: 50008,
  });
  const person = fake.user();
  const message = await (await client.users.fetch(person.id)).send('hi');
  expect(fake.messagesIn(fake.dm(person))).toMatchObject([{ id: message.id, content: 'hi' }]);
  fake.block(person);
  await expect(message.reply('hi again')).rejects.toMatchObject({ code: 50007 });
  fake.unblock(person);
  fake.deleteMessage(message);
  await expect(message.edit('changed')).rejects.toMatchObject({ code: 10008 });
  await expect(message.reply('hi again')).rejects.toMatchObject({ code: 50035 });
  await post(message.channelId, {
    content: 'x',
    message_reference: { message_id: message.id, fail_if_not_exists: false },
  });
  const [one, two] = [
    await post(message.channelId, { content: 'once', nonce: 'n', enforce_nonce: true }),
    await post(message.channelId, { content: 'once', nonce: 'n', enforce_nonce: true }),
  ];
  expect(one).toEqual(two);
  expect(fake.messagesIn(fake.dm(person)).map(({ content }) => content)).toEqual(['hi', 'x', 'once']);
  expect(fake.violations).toEqual([]);
});
