import { Telegram } from 'telegraf';
import { expect, test } from 'vitest';
import { flat } from '../pictures.ts';
import { type FakeBotApi, startFakeBotApi } from './fake-bot-api.ts';

const clientOf = (fake: FakeBotApi) => new Telegram(fake.token, { apiRoot: fake.url });
const button = (more: object, text = 'b') => ({ text, ...more }) as never;

test('texts and captions are counted as people see them', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const { id } = fake.group();
  const html = { parse_mode: 'HTML' } as const;
  await telegram.sendMessage(id, `<b>${'&lt;'.repeat(4096)}</b>`, html);
  await expect(telegram.sendMessage(id, 'x'.repeat(4097))).rejects.toThrow('message is too long');
  await expect(telegram.sendMessage(id, '<b> </b>', html)).rejects.toThrow('message text is empty');
  await expect(telegram.sendMessage(id, 'a < b', html)).rejects.toThrow(
    "can't parse entities: Unsupported start tag",
  );
  const source = await flat(20, 20, 'red').png().toBuffer();
  await telegram.sendPhoto(id, { source }, { caption: '🎷'.repeat(512) });
  await expect(telegram.sendPhoto(id, { source }, { caption: '🎷'.repeat(513) })).rejects.toThrow(
    'message caption is too long',
  );
  expect(fake.violations).toHaveLength(4);
  expect(fake.messagesIn(id)).toHaveLength(2);
});

test.each([
  [[[button({ callback_data: 'ä'.repeat(33) })]], 'BUTTON_DATA_INVALID'],
  [[[button({ callback_data: '' })]], 'BUTTON_DATA_INVALID'],
  [[[button({})]], 'Text buttons are unallowed'],
  [[[button({ callback_data: 'a', url: 'https://a.org' })]], 'more than one action: callback_data, url'],
  [[[button({ url: 'javascript:alert(1)' })]], 'Wrong HTTP URL'],
  [[[button({ switch_inline_query: 'x'.repeat(257) })]], 'BUTTON_SWITCH_QUERY_INVALID'],
  [[Array.from({ length: 9 }, () => button({ callback_data: 'a' }))], 'REPLY_MARKUP_TOO_LONG'],
  [Array.from({ length: 101 }, () => [button({ callback_data: 'a' })]), 'REPLY_MARKUP_TOO_LONG'],
])('keyboards: %#', async (inline_keyboard, problem) => {
  await using fake = await startFakeBotApi();
  const { id } = fake.group();
  await expect(clientOf(fake).sendMessage(id, 'x', { reply_markup: { inline_keyboard } })).rejects.toThrow(
    problem,
  );
  expect(fake.violations).toHaveLength(1);
});

test.each([
  ['no picture', async () => Buffer.from('no picture'), 'IMAGE_PROCESS_FAILED'],
  [
    'half a picture',
    async () => (await flat(200, 200, 'red').jpeg().toBuffer()).subarray(0, 400),
    'IMAGE_PROCESS_FAILED',
  ],
  ['too long a picture', async () => flat(210, 10, 'red').png().toBuffer(), 'PHOTO_INVALID_DIMENSIONS'],
  ['too big a picture', async () => flat(5001, 5000, 'red').png().toBuffer(), 'PHOTO_INVALID_DIMENSIONS'],
  ['too many bytes', async () => Buffer.alloc(10 * 1024 * 1024 + 1), 'is too big for a photo'],
])('photos: %s', async (_name, make, problem) => {
  await using fake = await startFakeBotApi();
  const { id } = fake.group();
  await expect(clientOf(fake).sendPhoto(id, { source: await make() })).rejects.toThrow(problem);
  expect(fake.violations).toHaveLength(1);
});

test('a file id nobody has given out, one of no photo, and an album of one', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const group = fake.group();
  await expect(telegram.sendPhoto(group.id, 'made-up')).rejects.toThrow('wrong file_id');
  const { message } = fake.sendDocument(Buffer.from('x'), { from: fake.user(), chat: group });
  await expect(telegram.sendPhoto(group.id, message.document?.file_id ?? '')).rejects.toThrow(
    'type Document as Photo',
  );
  const media = [{ type: 'photo', media: 'made-up' }] as const;
  await expect(telegram.sendMediaGroup(group.id, media as never)).rejects.toThrow('wrong number of media');
});

test('telegraf loses an object it does not know in a form; as JSON text it arrives', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const group = fake.group();
  const { message } = fake.sendText('hi', { from: fake.user(), chat: group });
  const photo = { source: await flat(20, 20, 'red').png().toBuffer() };
  const reply = { message_id: message.message_id };
  const lost = await telegram.sendPhoto(group.id, photo, { reply_parameters: reply });
  expect(lost.reply_to_message).toBeUndefined();
  const kept = await telegram.sendPhoto(group.id, photo, {
    reply_parameters: JSON.stringify(reply) as never,
  });
  expect(kept.reply_to_message?.message_id).toBe(message.message_id);
  expect(fake.calls.at(-1)?.params['reply_parameters']).toEqual(reply);
  expect(fake.violations).toEqual([]);
});

test('forms and query strings carry text, which stands for the values', async () => {
  await using fake = await startFakeBotApi();
  const { id } = fake.group();
  const call = async (query: string, body?: URLSearchParams) => {
    const response = await fetch(
      `${fake.url}/bot${fake.token}/sendMessage?${query}`,
      body ? { method: 'POST', body } : {},
    );
    return await response.json();
  };
  const markup = JSON.stringify({ inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] });
  const form = new URLSearchParams({ text: 'hi', protect_content: 'true', reply_markup: markup });
  expect(await call(`chat_id=${id}`, form)).toMatchObject({ ok: true, result: { text: 'hi' } });
  expect(fake.calls[0]?.params).toMatchObject({ protect_content: true, chat_id: id });
  expect(await call(`chat_id=${id}&text=x&message_thread_id=soon`)).toMatchObject({
    ok: false,
    description: expect.stringContaining('message_thread_id'),
  });
  expect(await call(`chat_id=${id}&text=x&reply_markup={`)).toMatchObject({ ok: false, error_code: 400 });
});
