import { Events, type Message, Partials, REST } from 'discord.js';
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
  expect(fake.messagesIn(fake.dm(person)).map(({ content }) => content)).toEqual(['hi', 'x']);
  expect(fake.violations).toEqual([]);
});

test('a nonce that is to be unique shows nothing new for some minutes, also when two come at once', async () => {
  await using fake = await startFakeDiscord();
  const { id } = fake.guild().general;
  const rest = new REST({ api: fake.apiUrl, version: '10' }).setToken(fake.token);
  const post = (more: object = {}) =>
    rest.post(`/channels/${id}/messages`, {
      body: { content: 'once', nonce: 'n', enforce_nonce: true, ...more },
    });
  const [one, two] = await Promise.all([post(), post()]);
  expect(one).toEqual(two);
  fake.fail({ method: 'create_message', kind: 'drop-reply' });
  await expect(post({ nonce: 'm' })).rejects.toThrow('other side closed');
  await post({ nonce: 'm' });
  expect(fake.messagesIn({ id })).toHaveLength(2);
  fake.advance(4 * 60_000);
  await post();
  expect(fake.messagesIn({ id })).toHaveLength(2);
  fake.advance(2 * 60_000);
  await post();
  await post({ enforce_nonce: false });
  expect(fake.messagesIn({ id })).toHaveLength(4);
});

test('no message of Discord’s own can be answered, and nothing in an archived thread can be edited', async () => {
  await using fake = await startFakeDiscord();
  const thread = fake.thread(fake.guild().general);
  const joined = fake.sendText('', { from: fake.user(), channel: thread, type: 7 });
  const rest = new REST({ api: fake.apiUrl, version: '10' }).setToken(fake.token);
  const path = `/channels/${thread.id}/messages` as const;
  const body = { content: 'x', message_reference: { message_id: joined.id } };
  await expect(rest.post(path, { body })).rejects.toMatchObject({ code: 50035 });
  const { id } = (await rest.post(path, { body: { content: 'x' } })) as { id: string };
  thread.archived = true;
  await expect(rest.patch(`${path}/${id}`, { body: { content: 'y' } })).rejects.toMatchObject({
    code: 50083,
  });
  expect(fake.violations).toEqual([]);
});
