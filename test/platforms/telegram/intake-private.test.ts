import { describe, expect, it } from 'vitest';
import { makeVibe } from '../../support/make-request.ts';
import { addressOf, BOT, callOf, people, recorded, requestOf, take } from '../../support/telegram-people.ts';

const BYTES = Buffer.from('any bytes');
const MEGABYTE = 1024 * 1024;

const vibe = (fileId: unknown, size: unknown = expect.any(Number)) => ({
  ...makeVibe(),
  images: [{ fileId, size }],
  sender: expect.stringMatching(/^\d+$/),
});
const refusal = (code: string, values = {}) => ({ command: 'refuse', code, values });

describe('pictures in a private chat', () => {
  it('takes a photo in its largest size, wherever that stands, and says where to answer', () => {
    const chat = people();
    const ann = chat.user({ languageCode: 'ar' });
    const sizes = [90, 1280, 320].map((side) => ({ width: side, height: side, bytes: Buffer.alloc(side) }));
    const update = chat.sendPhoto(BYTES, { from: ann, sizes });
    expect(take(update)).toEqual({
      key: `telegram:${BOT.id}:${update.update_id}`,
      groupKey: null,
      request: {
        platform: 'telegram',
        asker: { id: `${ann.id}`, locale: 'ar' },
        chat: { id: `${ann.id}`, shared: false, community: null },
        address: {
          chatId: ann.id,
          threadId: null,
          replyTo: update.message.message_id,
          callbackId: null,
        },
        call: vibe(update.message.photo?.[1]?.file_id, 1280),
        answerBy: null,
      },
    });
  });

  it('takes any file, for its bytes decide', () => {
    const chat = people();
    const from = chat.user();
    const files = [
      { fileName: 'IMG_0001.HEIC', mimeType: 'image/heic' },
      { fileName: 'cat.gif', mimeType: 'image/gif' },
      { fileName: 'no extension', mimeType: 'application/octet-stream' },
    ];
    for (const file of files) {
      const update = chat.sendDocument(BYTES, { from, ...file });
      expect(callOf(update)).toEqual(vibe(update.message.document?.file_id, BYTES.length));
    }
    expect(callOf(recorded('photo-in-heic'))).toEqual(vibe('BQACAgQAA-heic', 2_400_000));
  });

  it('refuses what is larger than bots may download, before any work', () => {
    const chat = people();
    const from = chat.user();
    const send = (fileSize: number) => callOf(chat.sendDocument(BYTES, { from, fileSize }));
    expect(send(20 * MEGABYTE)).toMatchObject({ command: 'vibe' });
    expect(send(20 * MEGABYTE + 1)).toEqual(refusal('too-large-here', { maxMegabytes: 20 }));
  });

  it('takes a static sticker itself, and of one that moves the thumbnail', () => {
    const chat = people();
    const from = chat.user();
    const still = chat.sendSticker({ from, thumbnail: BYTES });
    const fileOf = ({ message }: typeof still) =>
      message['sticker'] as { file_id: string; thumbnail: { file_id: string } };
    expect(callOf(still)).toEqual(vibe(fileOf(still).file_id));
    for (const kind of [{ animated: true }, { video: true }]) {
      const moving = chat.sendSticker({ from, ...kind, thumbnail: BYTES });
      expect(callOf(moving)).toEqual(vibe(fileOf(moving).thumbnail.file_id));
      expect(callOf(chat.sendSticker({ from, ...kind }))).toEqual(refusal('no-still'));
    }
  });

  it('takes the thumbnail of a GIF that Telegram has made a video of', () => {
    const chat = people();
    const from = chat.user();
    const { message } = chat.sendAnimation({ from, thumbnail: BYTES });
    const animation = message['animation'] as { thumbnail: { file_id: string } };
    expect(callOf({ update_id: 1, message })).toEqual(vibe(animation.thumbnail.file_id));
    expect(callOf(chat.sendAnimation({ from }))).toEqual(refusal('no-still'));
  });

  it('keeps the pictures of one album together, and those of no other', () => {
    const chat = people();
    const [ann, bob] = [chat.user(), chat.user()];
    const album = [{ bytes: BYTES, caption: 'x' }, { bytes: BYTES }];
    const keys = [ann, ann, bob].map((from) =>
      chat.sendAlbum(album, { from }).map((update) => take(update)?.groupKey),
    );
    for (const [first, second] of keys) expect(first).toBe(second);
    expect(new Set(keys.flat()).size).toBe(3);
    expect(keys.flat()).not.toContain(null);
  });

  it('lets a video in an album count for nothing by itself, for the photos beside it are answered', () => {
    const chat = people();
    const from = chat.user();
    const { message } = chat.sendVideo({ from, mediaGroupId: '77' });
    const taken = take({ update_id: 1, message });
    expect(taken?.groupKey).toMatch(/:77$/);
    expect(taken?.request.call).toEqual(makeVibe({ asked: false }));
  });

  it('takes the genre to explain from the caption', () => {
    const chat = people();
    const from = chat.user();
    const send = (caption: string) => callOf(chat.sendPhoto(BYTES, { from, caption }));
    expect(send('/vibe rock')).toMatchObject({ command: 'vibe', why: 'rock' });
    expect(send('/vibe@vibe_test_bot is it جاز ?')).toMatchObject({ command: 'vibe', why: 'jazz' });
    for (const caption of ['rock', '/vibe', '/vibe polka', '/vibe@other_bot rock', '/playlist rock']) {
      expect(send(caption)).toMatchObject({ command: 'vibe', why: null, asked: true });
    }
  });
});

describe('words in a private chat', () => {
  const say = (text: string) => {
    const chat = people();
    return callOf(chat.sendText(text, { from: chat.user() }));
  };

  it.each([
    ['/start', { command: 'help', asked: true }],
    ['/start search', { command: 'help', asked: true }],
    ['/help@vibe_test_bot', { command: 'help', asked: true }],
    ['/HELP', { command: 'help', asked: true }],
    ['/about', { command: 'about' }],
    ['/playlist', { command: 'playlist', words: [] }],
    ['/playlist  jazz\nkhaleeji ', { command: 'playlist', words: ['jazz', 'khaleeji'] }],
    ['/language العربية', { command: 'language', words: ['العربية'] }],
    ['/vibe', refusal('no-photo')],
    ['/vibe rock', refusal('no-photo')],
    ['/polka', { command: 'help', asked: true }],
    ['/vibe@other_bot', { command: 'help', asked: true }],
    ['/', { command: 'help', asked: true }],
    ['hello', { command: 'help', asked: true }],
  ])('%j calls what it says', (text, call) => {
    expect(say(text)).toEqual(call);
  });

  it('reads the picture that /vibe replies to, and says when that has none to read', () => {
    const chat = people();
    const from = chat.user();
    const photo = chat.sendPhoto(Buffer.alloc(7), { from, width: 64, height: 64 });
    const about = (replied: { message: { message_id: number } }, text = '/vibe') =>
      callOf(chat.sendText(text, { from, replyTo: replied.message }));
    expect(about(photo, '/vibe jazz')).toEqual({
      ...vibe(photo.message.photo?.at(-1)?.file_id),
      why: 'jazz',
    });
    expect(about(chat.sendSticker({ from, animated: true }))).toEqual(refusal('no-still'));
    expect(about(chat.sendText('no picture', { from }))).toEqual(refusal('no-photo'));
    expect(about(photo, '/about')).toEqual({ command: 'about' });
    const { sender: _, ...elsewhere } = vibe('AgACAgQAA-large', 152_340);
    expect(callOf(recorded('external-reply'))).toEqual({ ...elsewhere, why: 'rock' });
  });

  it('takes no heatmap of its own for a photo', () => {
    const chat = people();
    const from = chat.user();
    const card = chat.sendPhoto(BYTES, { from }).message;
    const { update_id, message } = chat.sendText('/vibe', { from, replyTo: card });
    const toOurs = { update_id, message: { ...message, reply_to_message: { ...card, from: BOT } } };
    expect(callOf(toOurs)).toEqual(refusal('no-photo'));
  });

  it('says that a video, a voice message and the like are no picture', () => {
    for (const update of recorded('not-pictures') as unknown[]) {
      expect(callOf(update)).toEqual(refusal('not-an-image'));
    }
  });
});

describe('what nobody asks in a private chat', () => {
  it('ignores service messages', () => {
    for (const update of recorded('service-messages') as { message: { from: { id: number } } }[]) {
      const chat = { id: update.message.from.id, type: 'private' };
      expect(take({ ...update, message: { ...update.message, chat } })).toBeNull();
    }
  });

  it('ignores bots, and what somebody sent out of a search of ours, though not out of another bot', () => {
    const chat = people();
    const [from, robot] = [chat.user(), chat.user({ isBot: true })];
    expect(take(chat.sendPhoto(BYTES, { from: robot }))).toBeNull();
    expect(take(chat.sendPhoto(BYTES, { from, viaBot: true }))).toBeNull();
    expect(requestOf(chat.sendPhoto(BYTES, { from, viaBot: robot }))?.call).toMatchObject({
      command: 'vibe',
    });
    expect(requestOf(chat.sendPhoto(BYTES, { from, forwarded: robot }))?.call).toMatchObject({
      command: 'vibe',
    });
  });

  it('sends nothing to the thread of a private chat that is no topic', () => {
    const chat = people();
    const { message } = chat.sendPhoto(BYTES, { from: chat.user() });
    expect(addressOf({ update_id: 1, message: { ...message, message_thread_id: 5 } }).threadId).toBeNull();
  });
});
