import { Telegram } from 'telegraf';
import { expect, test } from 'vitest';
import { flat } from '../pictures.ts';
import { type FakeBotApi, startFakeBotApi } from './fake-bot-api.ts';
import { specProblems } from './spec-problems.ts';

const MAX_BYTES = 50 * 1024 * 1024;
const DATA = Buffer.from('{"a":1}');
const clientOf = (fake: FakeBotApi) => new Telegram(fake.token, { apiRoot: fake.url });
const upload = (source: Buffer, filename = 'a.json') => ({ source, filename });

test('a document is uploaded, told as Telegram tells it, and its bytes are there to look at', async () => {
  await using fake = await startFakeBotApi();
  const { id } = fake.group();
  const sent = await clientOf(fake).sendDocument(id, upload(DATA), {
    caption: '<b>c</b>',
    parse_mode: 'HTML',
  });
  expect(specProblems('Message', sent)).toEqual([]);
  expect(sent.document).toMatchObject({ file_name: 'a.json', mime_type: 'application/json', file_size: 7 });
  expect(fake.message(id, sent.message_id)).toMatchObject({ text: 'c', document: DATA, photo: undefined });
  const other = await clientOf(fake).sendDocument(id, upload(DATA, 'a.bin'));
  expect(other.document).toMatchObject({ mime_type: 'application/octet-stream' });
  expect(fake.violations).toEqual([]);
});

test('a document takes the place of a text and of a photo, and a photo that of a document', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const { id } = fake.group();
  const red = await flat(20, 20, 'red').png().toBuffer();
  const text = await telegram.sendMessage(id, 'wait');
  const edit = (media: object) =>
    telegram.editMessageMedia(id, text.message_id, undefined, media as { type: 'document'; media: string });
  const edited = await edit({ type: 'document', media: upload(DATA), caption: 'new' });
  expect(specProblems('Message', edited)).toEqual([]);
  const seen = () => fake.message(id, text.message_id);
  expect(seen()).toMatchObject({ text: 'new', document: DATA, photo: undefined, edits: 1 });
  await telegram.editMessageCaption(id, text.message_id, undefined, 'newer');
  expect(seen()).toMatchObject({ text: 'newer', document: DATA, edits: 2 });
  expect(seen().raw.document).toEqual(expect.objectContaining({ file_name: 'a.json' }));
  const keyboard = { inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] };
  await telegram.editMessageReplyMarkup(id, text.message_id, undefined, keyboard);
  expect(seen()).toMatchObject({ text: 'newer', document: DATA, edits: 3 });
  await edit({ type: 'photo', media: { source: red } });
  expect(seen()).toMatchObject({ document: undefined, photo: red });
  expect(seen().raw).not.toHaveProperty('document');
  await edit({ type: 'document', media: upload(DATA) });
  expect(seen()).toMatchObject({ document: DATA, photo: undefined });
  expect(seen().raw).not.toHaveProperty('photo');
  await expect(telegram.editMessageText(id, text.message_id, undefined, 'x')).rejects.toThrow('no text');
  expect(fake.violations).toEqual([]);
});

test('documents: what Telegram refuses', async () => {
  await using fake = await startFakeBotApi();
  const telegram = clientOf(fake);
  const { id } = fake.group();
  await telegram.sendDocument(id, upload(Buffer.alloc(MAX_BYTES)), { caption: 'x'.repeat(1024) });
  await expect(telegram.sendDocument(id, upload(Buffer.alloc(MAX_BYTES + 1)))).rejects.toThrow(
    '413: Request Entity Too Large',
  );
  await expect(telegram.sendDocument(id, upload(DATA), { caption: 'x'.repeat(1025) })).rejects.toThrow(
    'message caption is too long',
  );
  await expect(telegram.sendDocument(id, upload(Buffer.alloc(0)))).rejects.toThrow('file must be non-empty');
  await expect(telegram.sendDocument(id, 'made-up')).rejects.toThrow('only that are uploaded');
  expect(fake.violations).toHaveLength(4);
  expect(fake.messagesIn(id)).toHaveLength(1);
});
