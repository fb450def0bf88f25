import { describe, expect, it } from 'vitest';
import type { Posted } from '../../../src/core/stored-result.ts';
import { file, makeCard, text } from '../../support/telegram-cards.ts';
import { addressIn, failureOf, requestFor } from '../../support/telegram-connection.ts';
import { openOutlet, photoCard, textCard } from '../../support/telegram-outlet.ts';

const NAME = 'all-of-it.json';
const DATA = Buffer.from('{"votes":[]}');
const OTHER = Buffer.from('{"votes":[1]}');
const why = { kind: 'action', label: 'Why?', action: { kind: 'why', result: 'abc' } } as const;

function fileCard(bytes: Uint8Array, words: string, name = NAME) {
  return makeCard({ blocks: [text(words), file(bytes, name)], buttons: [[why]] });
}

describe('a post with a file', () => {
  it('is a document with its caption, its buttons and its name, in answer to the asker', async () => {
    const { fake, outlet, person, id, signal } = await openOutlet();
    const asked = fake.sendText('/export', { from: person }).message;
    const request = requestFor(addressIn(id, { replyTo: asked.message_id }));
    const posted = await outlet.post(request, fileCard(DATA, 'R&B'), signal);
    expect(fake.message(id, Number(posted.messageId))).toMatchObject({
      text: 'Jazz\n\nR&B',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
      document: DATA,
      photo: undefined,
      keyboard: [[{ text: 'Why?' }]],
      replyTo: asked.message_id,
      raw: { document: { file_name: NAME, mime_type: 'application/json', file_size: DATA.length } },
    });
    expect(posted).toEqual({ messageId: expect.any(String), imageName: NAME, image: null });
    expect(fake.callsOf('sendDocument')).toMatchObject([{ files: [{ field: 'document', bytes: DATA }] }]);
    expect(fake.violations).toEqual([]);
  });

  it('takes only its part of a buffer that holds more', async () => {
    const { outlet, request, messages, signal } = await openOutlet();
    const pool = Buffer.concat([Buffer.alloc(64), DATA, Buffer.alloc(64)]);
    const part = new Uint8Array(pool.buffer, pool.byteOffset + 64, DATA.length);
    await outlet.post(request, fileCard(part, 'x'), signal);
    expect(messages()).toMatchObject([{ document: DATA }]);
  });

  it('goes to the topic, without the message it answers when that is gone, and to a group that has moved', async () => {
    const { fake, outlet, signal } = await openOutlet();
    const forum = fake.group({ forum: true });
    const thread = fake.topic(forum);
    const request = requestFor(addressIn(forum.id, { threadId: thread, replyTo: 999 }));
    const { messageId } = await outlet.post(request, fileCard(DATA, 'x'), signal);
    const seen = fake.message(forum.id, Number(messageId));
    expect(seen).toMatchObject({ threadId: thread, replyTo: undefined, document: DATA });
    const old = fake.group({ basic: true });
    const grown = fake.migrate(old);
    await outlet.post(requestFor(addressIn(old.id, { replyTo: 3 })), fileCard(DATA, 'x'), signal);
    expect(fake.messagesIn(grown.id)).toMatchObject([{ document: DATA }]);
    expect(fake.violations).toEqual([]);
  });

  it('has a caption that is cut to what Telegram takes', async () => {
    const { fake, outlet, request, messages, signal } = await openOutlet();
    await outlet.post(request, fileCard(DATA, 'word '.repeat(500)), signal);
    const seen = messages()[0]?.text ?? '';
    expect(seen).toMatch(/word…$/);
    expect(seen.length).toBeGreaterThan(1000);
    expect(fake.violations).toEqual([]);
  });

  it('is never sent twice by itself', async () => {
    const { fake, outlet, request, messages, signal } = await openOutlet();
    fake.fail({ method: 'sendDocument', kind: 'drop-reply' });
    const failure = await failureOf(outlet.post(request, fileCard(DATA, 'x'), signal));
    expect(failure).toMatchObject({ failure: { kind: 'unsure' } });
    expect(messages()).toHaveLength(1);
  });

  it.each([
    [400, 'Bad Request: not enough rights to send documents to the chat'],
    [403, 'Forbidden: CHAT_SEND_DOCS_FORBIDDEN'],
  ])('says in words what it would be where the bot may send none: %i %s', async (code, description) => {
    const { fake, outlet, request, messages, signal } = await openOutlet();
    fake.fail({ method: 'sendDocument', kind: 'refuse', code, description });
    const posted = await outlet.post(request, fileCard(DATA, 'x'), signal);
    expect(posted).toMatchObject({ imageName: null, image: null });
    expect(messages()).toMatchObject([{ text: 'Jazz\n\nx\n\nAll of it', keyboard: [[{ text: 'Why?' }]] }]);
    fake.fail({ method: 'editMessageMedia', kind: 'refuse', code, description });
    expect(await outlet.edit(request, posted, fileCard(DATA, 'y'), signal)).toEqual(posted);
    expect(messages()).toMatchObject([{ text: 'Jazz\n\ny\n\nAll of it', edits: 1 }]);
    expect(fake.violations).toEqual([]);
  });
});

describe('an edit of a message with a file', () => {
  async function open() {
    const opened = await openOutlet();
    const { outlet, request, signal } = opened;
    const posted = await outlet.post(request, fileCard(DATA, 'one'), signal);
    return { ...opened, posted };
  }

  it('sends the file not again', async () => {
    const { fake, outlet, request, messages, posted, signal } = await open();
    expect(await outlet.edit(request, posted, fileCard(DATA, 'two'), signal)).toEqual(posted);
    expect(await outlet.edit(request, posted, fileCard(DATA, 'two'), signal)).toEqual(posted);
    expect(fake.calls.at(-1)).toMatchObject({ method: 'editMessageCaption', files: [] });
    expect(messages()).toMatchObject([
      { text: 'Jazz\n\ntwo', document: DATA, keyboard: [[{ text: 'Why?' }]], edits: 1 },
    ]);
    expect(fake.violations).toEqual([]);
  });

  it.each([
    ['as it knows', (posted: Posted) => posted],
    [
      'though it does not know that',
      ({ messageId }: Posted) => ({ messageId, imageName: null, image: null }),
    ],
  ])('writes under the file where the card has none, %s', async (_name, known) => {
    const { fake, outlet, request, messages, posted, signal } = await open();
    const before = known(posted);
    expect(await outlet.edit(request, before, textCard('word '.repeat(500)), signal)).toEqual(before);
    expect(messages()).toMatchObject([{ document: DATA, edits: 1, text: expect.stringMatching(/word…$/) }]);
    expect(fake.violations).toEqual([]);
  });

  it('puts another file in its place, and a picture in place of that', async () => {
    const { fake, outlet, request, messages, posted, red, signal } = await open();
    const second = await outlet.edit(request, posted, fileCard(OTHER, 'R&B', 'b.json'), signal);
    expect(second).toEqual({ messageId: posted.messageId, imageName: 'b.json', image: null });
    expect(messages()).toMatchObject([
      { text: 'Jazz\n\nR&B', document: OTHER, raw: { document: { file_name: 'b.json' } } },
    ]);
    const third = await outlet.edit(request, second, photoCard(red, 'a.jpg', 'x'), signal);
    expect(third).toMatchObject({ imageName: 'a.jpg', image: expect.any(String) });
    expect(messages()).toMatchObject([{ photo: red, document: undefined, edits: 2 }]);
    expect(fake.violations).toEqual([]);
  });
});

it('a file takes the place of a text, as a picture does', async () => {
  const { fake, outlet, request, messages, signal } = await openOutlet();
  const posted = await outlet.post(request, textCard('One moment.'), signal);
  const edited = await outlet.edit(request, posted, fileCard(DATA, 'x'), signal);
  expect(edited).toEqual({ messageId: posted.messageId, imageName: NAME, image: null });
  expect(fake.calls.at(-1)).toMatchObject({
    method: 'editMessageMedia',
    params: { media: { type: 'document' } },
    files: [{ fileName: NAME }],
  });
  expect(messages()).toMatchObject([
    { text: 'Jazz\n\nx', document: DATA, keyboard: [[{ text: 'Why?' }]], edits: 1 },
  ]);
  expect(fake.violations).toEqual([]);
});
