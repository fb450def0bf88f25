import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Telegraf, Telegram } from 'telegraf';
import type { InlineQueryResult } from 'telegraf/types';
import { expect, test } from 'vitest';
import { flat } from '../pictures.ts';
import { type FakeBotApi, startFakeBotApi } from './fake-bot-api.ts';
import { specProblems } from './spec-problems.ts';

const clientOf = (fake: FakeBotApi) => new Telegram(fake.token, { apiRoot: fake.url });
const idsOf = (updates: readonly object[]) =>
  updates.map((update) => 'update_id' in update && update.update_id);

test('everything people send has the form of the specification', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const [from, forum, group] = [
    fake.user({ languageCode: 'de', username: 'anna' }),
    fake.group({ forum: true }),
    fake.group(),
  ];
  const bytes = await flat(1000, 500, 'red').jpeg().toBuffer();
  const thread = fake.topic(forum);
  const photo = fake.sendPhoto(bytes, { from, caption: '/vibe@vibe_test_bot hi @anna' });
  const text = fake.sendText('/start', { from, chat: group });
  const sent = await telegram.sendMessage(group.id, 'x', {
    reply_markup: { inline_keyboard: [[{ text: 'Why?', callback_data: 'why' }]] },
  });
  const updates = [
    photo,
    text,
    fake.sendText('y', { from, chat: group, replyTo: text.message }),
    fake.sendPhoto(bytes, { from, chat: forum, thread, viaBot: true, forwarded: from }),
    fake.sendPhoto(bytes, { from, forwarded: true }),
    fake.sendDocument(bytes, { from, fileName: 'a.heic', mimeType: 'image/heic', thumbnail: bytes }),
    fake.sendSticker({ from, animated: true, thumbnail: bytes }),
    fake.sendAnimation({ from, thumbnail: bytes }),
    fake.sendVideo({ from, thumbnail: bytes }),
    ...fake.sendAlbum([{ bytes, caption: 'one' }, { bytes }], { from }),
    fake.press(sent, 'Why?', from),
    fake.press(sent, 'anything', from, { forged: true }),
    fake.inlineQuery(from, 'jazz'),
  ];
  expect(updates.flatMap((update) => specProblems('Update', update))).toEqual([]);
  expect(photo.message.photo?.map(({ width, height }) => [width, height])).toEqual([
    [90, 45],
    [320, 160],
    [800, 400],
    [1000, 500],
  ]);
  expect(photo.message.caption_entities).toEqual([
    { type: 'bot_command', offset: 0, length: 19 },
    { type: 'mention', offset: 23, length: 5 },
  ]);
  expect(() => fake.press(sent, 'Who?', from)).toThrow('no button "Who?" to press; there are: "Why?" (why)');
});

test('updates come until they are confirmed, and only those asked for', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const from = fake.user();
  const [one, two] = [fake.sendText('1', { from }), fake.sendText('2', { from })];
  expect(await telegram.getUpdates(0, 100, 0, undefined)).toEqual([one, two]);
  expect(await telegram.getUpdates(0, 1, two.update_id, undefined)).toEqual([two]);
  expect(fake.confirmedOffset).toBe(two.update_id);
  expect(fake.pendingUpdates()).toEqual([two]);

  const waiting = telegram.getUpdates(50, 100, two.update_id + 1, ['inline_query']);
  await fake.waitForCall('getUpdates', { after: 2, unanswered: true });
  const filtered = fake.sendText('3', { from });
  const query = fake.inlineQuery(from, 'x');
  expect(await waiting).toEqual([query]);
  expect(fake.filteredUpdates()).toEqual([filtered]);
});

test('an update comes again, or out of order', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const from = fake.user();
  const [one, two, three] = [1, 2, 3].map((text) => fake.sendText(`${text}`, { from }).update_id);
  await telegram.getUpdates(0, 100, (two ?? 0) + 1, undefined);
  fake.pauseUpdates();
  const waiting = telegram.getUpdates(50, 100, (two ?? 0) + 1, undefined);
  await fake.waitForCall('getUpdates', { after: 1, unanswered: true });
  fake.resumeUpdates([three ?? 0, one ?? 0]);
  expect(idsOf(await waiting)).toEqual([three, one]);
  fake.repeatUpdate(two ?? 0);
  expect(idsOf(await telegram.getUpdates(0, 100, (three ?? 0) + 1, undefined))).toEqual([two]);
  expect(await telegram.getUpdates(0, 100, (three ?? 0) + 1, undefined)).toEqual([]);
});

test('a second instance ends the poll of the first; a webhook ends all polls', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const first = expect(telegram.getUpdates(50, 100, 0, undefined)).rejects.toThrow(
    '409: Conflict: terminated by other',
  );
  await fake.waitForCall('getUpdates', { unanswered: true });
  await telegram.getUpdates(0, 100, 0, undefined);
  await first;
  await telegram.setWebhook('http://127.0.0.1:9/');
  await expect(telegram.getUpdates(0, 100, 0, undefined)).rejects.toThrow(
    "409: Conflict: can't use getUpdates",
  );
});

test('telegraf polls, answers, and confirms the last update when it stops', async () => {
  await using fake = await startFakeBotApi();
  const bot = new Telegraf(fake.token, { telegram: { apiRoot: fake.url } });
  bot.on('callback_query', (context) => context.answerCbQuery('pressed'));
  bot.on('message', (context) =>
    context.reply('hi', { reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] } }),
  );
  const from = fake.user();
  const running = bot.launch();
  const update = fake.sendText('/start', { from });
  await fake.waitForCall('sendMessage');
  const press = fake.press(fake.message(from.id, update.message.message_id + 1), 'b', from);
  const answer = await fake.waitForCall('answerCallbackQuery');
  expect(answer.params).toEqual({ callback_query_id: press.callback_query.id, text: 'pressed' });
  await expect(bot.telegram.answerCbQuery(press.callback_query.id)).rejects.toThrow('query is too old');
  bot.stop();
  await running;
  await fake.waitUntil(() => fake.pendingUpdates().length === 0);
  expect(fake.violations).toEqual([]);
});

test('inline: results are checked, chosen, and edited', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const from = fake.user();
  const { photo = [] } = fake.sendPhoto(await flat(100, 100, 'red').jpeg().toBuffer(), { from }).message;
  const result: InlineQueryResult = {
    type: 'photo',
    id: 'r1',
    photo_file_id: photo[0]?.file_id ?? '',
    caption: '<b>a</b>',
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  };
  const { id } = fake.inlineQuery(from, 'x').inline_query;
  await expect(telegram.answerInlineQuery(id, [result, result])).rejects.toThrow('RESULT_ID_DUPLICATE');
  await telegram.answerInlineQuery(id, [result]);
  await expect(telegram.answerInlineQuery(id, [result])).rejects.toThrow('query is too old');
  const chosen = fake.chooseInlineResult(from, 'r1', 'x');
  expect(specProblems('Update', chosen)).toEqual([]);
  const inlineId = chosen.chosen_inline_result.inline_message_id ?? '';
  await telegram.editMessageCaption(undefined, undefined, inlineId, 'c');
  expect(fake.inlineMessage(inlineId)).toMatchObject({ text: 'c', keyboard: [] });
  const late = fake.inlineQuery(from, 'y').inline_query.id;
  fake.expireQueries();
  await expect(telegram.answerInlineQuery(late, [])).rejects.toThrow('query is too old');
});

test('a webhook gets the secret, is tried again, and may answer with a call', async () => {
  await using fake = await startFakeBotApi({ webhookAttempts: 2 });
  const statuses = [500, 503, 200];
  const secrets: unknown[] = [];
  const server = createServer((request, response) => {
    secrets.push(request.headers['x-telegram-bot-api-secret-token']);
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ method: 'sendChatAction', chat_id: from.id, action: 'typing' }));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const from = fake.user();
  fake.webhookOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await clientOf(fake).setWebhook('https://bot.example.org/hook', { secret_token: 'hush' });
  const update = fake.sendText('x', { from });
  await fake.waitUntil(() => fake.deliveries.length === 2);
  expect(fake.pendingUpdates()).toEqual([update]);
  expect(await clientOf(fake).getWebhookInfo()).toMatchObject({ pending_update_count: 1 });
  await fake.redeliver();
  expect(fake.deliveries.map(({ status }) => status)).toEqual([500, 503, 200]);
  expect(fake.pendingUpdates()).toEqual([]);
  expect(secrets).toEqual(['hush', 'hush', 'hush']);
  expect((await fake.waitForCall('sendChatAction')).status).toBe(200);
  server.closeAllConnections();
  server.close();
});
