import { describe, expect, it } from 'vitest';
import { addressIn, failureOf, requestFor } from '../../support/telegram-connection.ts';
import { openOutlet, photoCard, storedCard, textCard } from '../../support/telegram-outlet.ts';

describe('a post', () => {
  it('is a text, in answer to the asker, without a preview of its links', async () => {
    const { fake, outlet, person, id, signal } = await openOutlet();
    const asked = fake.sendText('hello', { from: person }).message;
    const request = requestFor(addressIn(id, { replyTo: asked.message_id }));
    const posted = await outlet.post(request, textCard('1 < 2'), signal);
    expect(fake.message(id, Number(posted.messageId))).toMatchObject({
      text: 'Jazz\n\n1 < 2',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
      keyboard: [],
      replyTo: asked.message_id,
      photo: undefined,
    });
    expect(posted).toEqual({ messageId: expect.any(String), imageName: null, image: null });
    expect(fake.callsOf('sendMessage')[0]?.params).toMatchObject({
      link_preview_options: { is_disabled: true },
    });
    expect(fake.violations).toEqual([]);
  });

  it('is a photo with its caption, its buttons and its name; the largest size can be shown again', async () => {
    const { fake, outlet, request, id, red, signal } = await openOutlet();
    const posted = await outlet.post(request, photoCard(red, 'jazz-1.jpg', 'R&B'), signal);
    const seen = fake.message(id, Number(posted.messageId));
    expect(seen).toMatchObject({ text: 'Jazz\n\nR&B', photo: red, keyboard: [[{ text: 'Why?' }]] });
    expect(fake.calls.at(-1)?.files).toMatchObject([{ fileName: 'jazz-1.jpg' }]);
    const [small, , large] = seen.raw.photo ?? [];
    expect([small?.width, large?.width]).toEqual([90, 400]);
    expect(posted).toMatchObject({ imageName: 'jazz-1.jpg', image: large?.file_id });
    const again = await outlet.post(request, storedCard(`${posted.image}`, 'jazz-1.jpg', 'again'), signal);
    expect(fake.message(id, Number(again.messageId))).toMatchObject({ text: 'Jazz\n\nagain', photo: red });
    expect(fake.calls.at(-1)?.files).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('takes only its part of a buffer that holds more', async () => {
    const { fake, outlet, request, messages, red, signal } = await openOutlet();
    const pool = Buffer.concat([Buffer.alloc(64), red, Buffer.alloc(64)]);
    const part = new Uint8Array(pool.buffer, pool.byteOffset + 64, red.length);
    await outlet.post(request, photoCard(part, 'a.jpg', 'x'), signal);
    expect(messages()[0]?.photo).toEqual(red);
    expect(fake.violations).toEqual([]);
  });

  it('goes to the topic, and goes without the message it answers when that is gone', async () => {
    const { fake, outlet, red, signal } = await openOutlet();
    const forum = fake.group({ forum: true });
    const thread = fake.topic(forum);
    const request = requestFor(addressIn(forum.id, { threadId: thread, replyTo: 999 }));
    for (const card of [textCard('x'), photoCard(red, 'a.jpg', 'x')]) {
      const { messageId } = await outlet.post(request, card, signal);
      expect(fake.message(forum.id, Number(messageId))).toMatchObject({
        threadId: thread,
        replyTo: undefined,
      });
    }
    expect(fake.violations).toEqual([]);
  });

  it('is never sent twice by itself', async () => {
    const { fake, outlet, request, messages, red, signal } = await openOutlet();
    fake.fail({ method: 'sendPhoto', kind: 'drop-reply' });
    expect(await failureOf(outlet.post(request, photoCard(red, 'a.jpg', 'x'), signal))).toMatchObject({
      failure: { kind: 'unsure' },
    });
    fake.fail({ method: 'sendMessage', kind: 'drop-reply' });
    expect(await failureOf(outlet.post(request, textCard('x'), signal))).toMatchObject({
      failure: { kind: 'unsure' },
    });
    expect(messages()).toHaveLength(2);
  });

  it('uploads the whole picture again after a pause that Telegram asked for', async () => {
    const { fake, outlet, request, messages, red, signal } = await openOutlet();
    fake.fail({ method: 'sendPhoto', kind: 'rate-limit', retryAfter: 1, times: 2 });
    await outlet.post(request, photoCard(red, 'a.jpg', 'x'), signal);
    expect(messages()).toMatchObject([{ photo: red, text: 'Jazz\n\nx' }]);
    expect(fake.violations).toEqual([]);
  });

  it('follows a group that became a supergroup, where messages have other numbers', async () => {
    const { fake, outlet, red, signal } = await openOutlet();
    const old = fake.group({ basic: true });
    const grown = fake.migrate(old);
    const request = requestFor(addressIn(old.id, { replyTo: 3 }));
    const { messageId } = await outlet.post(request, photoCard(red, 'a.jpg', 'x'), signal);
    expect(fake.message(grown.id, Number(messageId)).photo).toEqual(red);
    expect(fake.callsOf('sendPhoto').at(-1)?.params).not.toHaveProperty('reply_parameters');
    expect(fake.violations).toEqual([]);
  });

  it('is gone where the bot was blocked', async () => {
    const { fake, outlet, person, request, red, signal } = await openOutlet();
    fake.block(person);
    const failure = await failureOf(outlet.post(request, photoCard(red, 'a.jpg', 'x'), signal));
    expect(failure).toMatchObject({ failure: { kind: 'gone' } });
    expect(fake.callsOf()).toHaveLength(1);
  });

  it('comes as a text where the bot may send no photos', async () => {
    const { fake, outlet, request, messages, red, signal } = await openOutlet();
    forbidPhotos(fake);
    const posted = await outlet.post(request, photoCard(red, 'a.jpg', 'x'), signal);
    expect(posted).toMatchObject({ imageName: null, image: null });
    expect(messages()).toMatchObject([{ text: 'Jazz\n\nx', keyboard: [[{ text: 'Why?' }]] }]);
    // and so do what follows: the message is a text, and stays one
    forbidPhotos(fake, 'editMessageMedia');
    const edited = await outlet.edit(request, posted, photoCard(red, 'a.jpg', 'more'), signal);
    expect(edited).toEqual(posted);
    expect(messages()).toMatchObject([{ text: 'Jazz\n\nmore', edits: 1 }]);
    expect(fake.violations).toEqual([]);
  });

  it('is gone where the bot may not write at all', async () => {
    const { fake, outlet, request, red, signal } = await openOutlet();
    forbidPhotos(fake);
    const description = 'Bad Request: not enough rights to send text messages to the chat';
    fake.fail({ method: 'sendMessage', kind: 'refuse', code: 400, description });
    const failure = await failureOf(outlet.post(request, photoCard(red, 'a.jpg', 'x'), signal));
    expect(failure).toMatchObject({ failure: { kind: 'gone' } });
  });
});

describe('the sign that an answer is on its way', () => {
  it('is shown in the topic, and whatever happens to it is no failure', async () => {
    const { fake, outlet, signal } = await openOutlet();
    const forum = fake.group({ forum: true });
    const thread = fake.topic(forum);
    const request = requestFor(addressIn(forum.id, { threadId: thread }));
    await outlet.working(request, signal);
    expect(fake.callsOf('sendChatAction')[0]?.params).toEqual({
      chat_id: forum.id,
      message_thread_id: thread,
      action: 'upload_photo',
    });
    for (const fault of [{ kind: 'drop' }, { kind: 'answer', status: 502, body: 'x' }] as const) {
      fake.fail({ method: 'sendChatAction', ...fault });
      await outlet.working(request, signal);
    }
    await outlet.working(request, AbortSignal.abort());
    expect(fake.callsOf('sendChatAction')).toHaveLength(3);
    expect(fake.violations).toEqual([]);
  });
});

function forbidPhotos(fake: Awaited<ReturnType<typeof openOutlet>>['fake'], method = 'sendPhoto'): void {
  const description = 'Bad Request: not enough rights to send photos to the chat';
  fake.fail({ method, kind: 'refuse', code: 400, description });
}
