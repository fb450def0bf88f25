import { Telegram } from 'telegraf';
import { expect, test } from 'vitest';
import { flat } from '../pictures.ts';
import { type FakeBotApi, startFakeBotApi } from './fake-bot-api.ts';
import { specProblems } from './spec-problems.ts';

function clientOf(fake: FakeBotApi, token = fake.token): Telegram {
  return new Telegram(token, { apiRoot: fake.url });
}

const jpeg = async (width = 400, height = 300, colour = 'red') =>
  flat(width, height, colour).jpeg().toBuffer();

test('getMe answers who the bot is; another token is refused', async () => {
  await using fake = await startFakeBotApi({ bot: { username: 'music_vibe_bot' } });
  const me = await clientOf(fake).getMe();
  expect(me).toMatchObject({ id: 123456789, is_bot: true, username: 'music_vibe_bot' });
  expect(specProblems('User', me)).toEqual([]);
  await expect(clientOf(fake, '1:nonsense').getMe()).rejects.toThrow('401: Unauthorized');
});

test.each([
  ['sendNothing', {}, '404: Not Found'],
  ['sendMessage', { chat_id: 1, text: 'x', colour: 'red' }, 'sendMessage has no parameter "colour"'],
  ['sendMessage', { chat_id: 1 }, 'parameter "text" is required by sendMessage'],
  ['sendMessage', { chat_id: 1, text: 5 }, 'text must be of type String'],
  ['sendMessage', { chat_id: 1, text: 'x', reply_parameters: {} }, 'reply_parameters.message_id is required'],
  [
    'sendMessage',
    { chat_id: 1, text: 'x', message_thread_id: '7' },
    'message_thread_id must be of type Integer',
  ],
  [
    'sendMessage',
    { chat_id: 1, text: 'x', reply_markup: { inline_keyboard: [[{ text: 'a', calback_data: 'b' }]] } },
    'reply_markup.inline_keyboard[0][0].calback_data is no field of InlineKeyboardButton',
  ],
  ['editMessageMedia', { media: { type: 'foto', media: 'x' } }, 'media has an unknown type "foto"'],
  ['setMyCommands', { commands: [{ command: 'a' }] }, 'commands[0].description is required'],
  ['setMyCommands', { commands: [], scope: { type: 'chat' } }, 'scope.chat_id is required'],
])('the specification: %s %j', async (method, params, problem) => {
  await using fake = await startFakeBotApi();
  const call = clientOf(fake).callApi(method as 'getMe', params as never);
  await expect(call).rejects.toThrow(problem);
  expect(fake.violations).toMatchObject([{ method, params }]);
  expect(fake.calls).toMatchObject([{ method, status: method === 'sendNothing' ? 404 : 400 }]);
});

test('a message comes back as Telegram tells it, and is there to look at', async () => {
  await using fake = await startFakeBotApi();
  const chat = fake.privateChat(fake.user());
  const keyboard = [[{ text: 'Why?', callback_data: 'why' }]];
  const sent = await clientOf(fake).sendMessage(chat.id, ' <b>Jazz</b> &amp; <i>more</i>', {
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: keyboard },
  });
  expect(specProblems('Message', sent)).toEqual([]);
  expect(sent).toMatchObject({
    message_id: 1,
    text: 'Jazz & more',
    from: fake.bot,
    chat: { type: 'private' },
  });
  const seen = fake.message(chat.id, sent.message_id);
  expect(seen).toMatchObject({ text: 'Jazz & more', keyboard, edits: 0, fromBot: true });
  expect(seen.entities).toEqual([
    { type: 'bold', offset: 0, length: 4 },
    { type: 'italic', offset: 7, length: 4 },
  ]);
  expect(fake.violations).toEqual([]);
});

test('a photo is uploaded, sent again by its id, put into a text, and changed', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const { id } = fake.group();
  const [red, blue] = [await jpeg(), await jpeg(64, 64, 'blue')];
  const first = await telegram.sendPhoto(id, { source: red }, { caption: '<u>c</u>', parse_mode: 'HTML' });
  expect(specProblems('Message', first)).toEqual([]);
  expect(first.photo.map(({ width }) => width)).toEqual([90, 320, 400]);
  expect(fake.message(id, first.message_id)).toMatchObject({ text: 'c', photo: red });
  const again = await telegram.sendPhoto(id, first.photo.at(-1)?.file_id ?? '');
  expect(fake.message(id, again.message_id).photo).toEqual(red);

  const text = await telegram.sendMessage(id, 'wait');
  await telegram.editMessageMedia(id, text.message_id, undefined, {
    type: 'photo',
    media: { source: blue },
    caption: 'new',
  });
  expect(fake.message(id, text.message_id)).toMatchObject({ text: 'new', photo: blue, edits: 1 });
  expect(fake.calls.at(-1)?.files).toMatchObject([
    { fileName: expect.stringMatching(/\.dat$/), bytes: blue },
  ]);
  await telegram.editMessageCaption(id, text.message_id, undefined, 'newer');
  await expect(telegram.editMessageCaption(id, text.message_id, undefined, 'newer')).rejects.toThrow(
    'not modified',
  );
  await expect(telegram.editMessageText(id, text.message_id, undefined, 'x')).rejects.toThrow(
    'no text in the message',
  );
  await expect(telegram.editMessageText(id, 99, undefined, 'x')).rejects.toThrow('message to edit not found');
  expect(fake.message(id, text.message_id)).toMatchObject({ text: 'newer', edits: 2 });
  expect(fake.violations).toEqual([]);
});

test('an album goes out in one call', async () => {
  await using fake = await startFakeBotApi();
  const { id } = fake.group();
  const media = ['red', 'blue'].map(async (colour) => ({
    type: 'photo' as const,
    media: { source: await jpeg(50, 50, colour) },
    caption: colour,
  }));
  const sent = await clientOf(fake).sendMediaGroup(id, await Promise.all(media));
  expect(sent.flatMap((message) => specProblems('Message', message))).toEqual([]);
  expect(fake.messagesIn(id).map(({ text }) => text)).toEqual(['red', 'blue']);
  expect(new Set(fake.messagesIn(id).map(({ raw }) => raw.media_group_id)).size).toBe(1);
});

test('topics, replies, blocks and groups that have moved', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const [person, forum, old] = [fake.user(), fake.group({ forum: true }), fake.group({ basic: true })];
  const thread = fake.topic(forum);
  const sent = await telegram.sendMessage(forum.id, 'x', { message_thread_id: thread });
  expect(sent).toMatchObject({ message_thread_id: thread, is_topic_message: true });
  const reply = { reply_parameters: { message_id: sent.message_id } };
  expect(await telegram.sendMessage(forum.id, 'y', reply)).toMatchObject({
    message_thread_id: thread,
    reply_to_message: { text: 'x' },
  });
  const lost = { reply_parameters: { message_id: 99 } };
  await expect(telegram.sendMessage(forum.id, 'z', lost)).rejects.toThrow('message to be replied not found');
  await expect(telegram.sendMessage(forum.id, 'z', { message_thread_id: 99 })).rejects.toThrow(
    'thread not found',
  );
  await expect(telegram.sendMessage(5, 'z')).rejects.toThrow('chat not found');

  fake.privateChat(person);
  fake.block(person);
  await expect(telegram.sendMessage(person.id, 'z')).rejects.toThrow(
    '403: Forbidden: bot was blocked by the user',
  );
  const grown = fake.migrate(old);
  await expect(telegram.sendMessage(old.id, 'z')).rejects.toMatchObject({
    response: { parameters: { migrate_to_chat_id: grown.id } },
  });
  expect(fake.violations).toEqual([]);
});

test('a group takes only so many posts, if told so', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const { id } = fake.group();
  fake.limitGroupPosts(2);
  await telegram.sendMessage(id, 'a');
  await telegram.sendMessage(id, 'b');
  await expect(telegram.sendMessage(id, 'c')).rejects.toMatchObject({
    response: { error_code: 429, parameters: { retry_after: expect.any(Number) } },
  });
  expect(fake.messagesIn(id)).toHaveLength(2);
  fake.limitGroupPosts(2, 0);
  await telegram.sendMessage(id, 'c');
});

test('the bot tells what it is, for each language and scope', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const commands = [{ command: 'help', description: 'Hilfe' }];
  await telegram.setMyCommands(commands, { language_code: 'de', scope: { type: 'all_private_chats' } });
  expect(await telegram.getMyCommands({ language_code: 'de', scope: { type: 'all_private_chats' } })).toEqual(
    commands,
  );
  expect(await telegram.getMyCommands()).toEqual([]);
  await telegram.setMyDescription('Hears photos');
  expect(fake.setting('description')).toBe('Hears photos');
  await expect(telegram.setMyShortDescription('x'.repeat(121))).rejects.toThrow('short_description');
  await expect(telegram.setMyCommands([{ command: 'Help', description: 'x' }])).rejects.toThrow(
    'BOT_COMMAND_INVALID',
  );
});

test('administrators and members', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const [owner, admin, other] = [fake.user(), fake.user(), fake.user()];
  const group = fake.group({ admins: [owner, admin] });
  const admins = await telegram.getChatAdministrators(group.id);
  expect(admins.map(({ status }) => status)).toEqual(['creator', 'administrator']);
  const member = await telegram.getChatMember(group.id, other.id);
  expect(member.status).toBe('member');
  expect([...admins, member].flatMap((one) => specProblems('ChatMember', one))).toEqual([]);
});
