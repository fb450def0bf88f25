import { describe, expect, it } from 'vitest';
import type { Chat } from '../../support/telegram/chat-store.ts';
import type { TelegramMessage, TelegramUser } from '../../support/telegram/telegram-types.ts';
import type { UserActions } from '../../support/telegram/user-actions.ts';
import { addressOf, BOT, callOf, people, recorded, requestOf, take } from '../../support/telegram-people.ts';

const BYTES = Buffer.from('any bytes');
const PLAIN = { command: 'vibe', why: null, asked: true };
const UNASKED_HELP = { command: 'help', asked: false };

function group(forum = false) {
  const chat = people();
  const place = chat.group({ forum });
  return { chat, where: { from: chat.user({ languageCode: 'de' }), chat: place } };
}

/** The update of somebody who replies to a message of the bot's. */
function replyToBot(
  chat: UserActions,
  where: { readonly from: TelegramUser; readonly chat: Chat },
  send: (sending: typeof where & { replyTo: TelegramMessage }) => unknown,
) {
  const { message } = chat.sendText('Jazz', { ...where, from: BOT });
  return send({ ...where, replyTo: message });
}

describe('what wakes the bot in a group', () => {
  it.each(['/vibe', '/vibe@vibe_test_bot', '/VIBE@Vibe_Test_Bot', '/vibe rock'])(
    '%s in reply to a picture',
    (text) => {
      const { chat, where } = group();
      const photo = chat.sendPhoto(BYTES, where).message;
      const update = chat.sendText(text, { ...where, replyTo: photo });
      expect(requestOf(update)).toMatchObject({
        asker: { id: `${where.from.id}`, locale: 'de' },
        chat: { id: `${where.chat.id}`, shared: true, community: null },
        call: {
          ...PLAIN,
          images: [{ fileId: photo.photo?.at(-1)?.file_id }],
          why: text.endsWith('rock') ? 'rock' : null,
        },
        // a reply in a supergroup has a thread id, but there is no topic to answer in
        address: { threadId: null, replyTo: update.message.message_id },
      });
    },
  );

  it('a bare /vibe only to say what is missing', () => {
    const { chat, where } = group();
    expect(callOf(chat.sendText('/vibe', where))).toMatchObject({ command: 'refuse', code: 'no-photo' });
    const sticker = chat.sendSticker({ ...where, video: true }).message;
    const about = chat.sendText('/vibe', { ...where, replyTo: sticker });
    expect(callOf(about)).toMatchObject({ command: 'refuse', code: 'no-still' });
  });

  it.each([
    '/vibe',
    '/vibe@vibe_test_bot',
    '@vibe_test_bot',
    'what is this, @Vibe_Test_Bot?',
    '🎷🎷 @vibe_test_bot',
    'look: /vibe',
    '🎷 /vibe@vibe_test_bot please',
  ])('the caption %j', (caption) => {
    const { chat, where } = group();
    expect(callOf(chat.sendPhoto(BYTES, { ...where, caption }))).toMatchObject(PLAIN);
    expect(callOf(chat.sendDocument(BYTES, { ...where, caption }))).toMatchObject(PLAIN);
    const still = { command: 'refuse', code: 'too-large-here' };
    const large = { ...where, caption, fileSize: 30 * 1024 * 1024 };
    expect(callOf(chat.sendDocument(BYTES, large))).toMatchObject(still);
  });

  it('a caption that names it by its display name', () => {
    expect(callOf(recorded('text-mention'))).toMatchObject(PLAIN);
  });

  it('a reply to it: with a picture that is read, with words it says what it can do', () => {
    const { chat, where } = group();
    expect(callOf(replyToBot(chat, where, (to) => chat.sendPhoto(BYTES, to)))).toMatchObject(PLAIN);
    expect(callOf(replyToBot(chat, where, (to) => chat.sendText('why?', to)))).toEqual(UNASKED_HELP);
    expect(callOf(replyToBot(chat, where, (to) => chat.sendText('/polka', to)))).toBeNull();
  });

  it('its commands', () => {
    const { chat, where } = group();
    const say = (text: string) => callOf(chat.sendText(text, where));
    expect(say('/help')).toEqual({ command: 'help', asked: true });
    expect(say('/playlist@vibe_test_bot pop')).toEqual({ command: 'playlist', words: ['pop'] });
  });

  it('an album of which any picture asks; the others come along', () => {
    const { chat, where } = group();
    const album = chat.sendAlbum([{ bytes: BYTES }, { bytes: BYTES, caption: '/vibe pop' }], where);
    const taken = album.map(take);
    expect(taken.map((incoming) => incoming?.request.call)).toMatchObject([
      { command: 'vibe', asked: false, why: null },
      { command: 'vibe', asked: true, why: 'pop' },
    ]);
    expect(taken[0]?.groupKey).toBe(taken[1]?.groupKey);
  });
});

describe('what does not wake it', () => {
  it.each(['hello', 'vibe', 'I said /vibe', '/polka', '/vibe@other_bot', '@vibe_test_bot'])(
    'the words %j',
    (text) => {
      const { chat, where } = group();
      const photo = chat.sendPhoto(BYTES, where).message;
      expect(take(chat.sendText(text, where))).toBeNull();
      expect(take(chat.sendText(text, { ...where, replyTo: photo }))).toBeNull();
    },
  );

  it.each([
    undefined,
    'my cat',
    '/vibe@other_bot',
    '@other_bot',
    '@vibe_test_bots',
    '/playlist jazz',
    'vibe_test_bot',
  ])('a picture with the caption %j', (caption) => {
    const { chat, where } = group();
    const told = { ...where, ...(caption !== undefined && { caption }) };
    expect(take(chat.sendPhoto(BYTES, told))).toBeNull();
    expect(take(chat.sendSticker({ ...told, animated: true }))).toBeNull();
    expect(take(chat.sendDocument(BYTES, { ...told, fileSize: 30 * 1024 * 1024 }))).toBeNull();
  });

  it('videos, service messages, and replies to somebody else', () => {
    const { chat, where } = group();
    const other = chat.sendText('hello', where).message;
    expect(take(chat.sendVideo({ ...where, caption: '@vibe_test_bot' }))).toBeNull();
    expect(take(chat.sendPhoto(BYTES, { ...where, replyTo: other }))).toBeNull();
    expect(take(chat.sendText('well', { ...where, replyTo: other }))).toBeNull();
    for (const update of recorded('service-messages') as unknown[]) expect(take(update)).toBeNull();
  });

  it('itself, other bots, its own results in the chat, and what a channel sends on by itself', () => {
    const { chat, where } = group();
    const asking = { caption: '@vibe_test_bot' };
    const robot = chat.user({ isBot: true });
    expect(take(chat.sendPhoto(BYTES, { ...where, ...asking, from: BOT }))).toBeNull();
    expect(take(chat.sendPhoto(BYTES, { ...where, ...asking, from: robot }))).toBeNull();
    expect(take(chat.sendPhoto(BYTES, { ...where, ...asking, viaBot: true }))).toBeNull();
    expect(take(recorded('automatic-forward'))).toBeNull();
  });
});

describe('where it answers', () => {
  it('stays in the topic, and does not take the message that opened it for a reply', () => {
    const { chat, where } = group(true);
    const thread = chat.topic(where.chat);
    const photo = chat.sendPhoto(BYTES, { ...where, thread, caption: '/vibe' });
    expect(addressOf(photo)).toEqual({
      chatId: where.chat.id,
      threadId: thread,
      replyTo: photo.message.message_id,
      callbackId: null,
    });
    expect(take(chat.sendText('hello', { ...where, thread }))).toBeNull();
    expect(take(recorded('topic-first-message'))).toBeNull();
    expect(callOf(recorded('topic-reply-to-bot'))).toEqual(UNASKED_HELP);
    expect(addressOf(recorded('topic-reply-to-bot')).threadId).toBe(12);
  });

  it('answers admins who hide, and people who write as their channel', () => {
    expect(requestOf(recorded('anonymous-admin'))).toMatchObject({
      asker: { id: '-1001000000005', locale: null },
      chat: { id: '-1001000000005', shared: true, community: null },
      call: { ...PLAIN, images: [{ fileId: 'AgACAgQAA-large' }] },
    });
    expect(requestOf(recorded('channel-as-sender'))).toMatchObject({
      asker: { id: '-1001000000007' },
      chat: { id: '-1001000000005', shared: true, community: null },
      call: { ...PLAIN, why: 'jazz' },
    });
  });
});
