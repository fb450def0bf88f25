import type { FakeBotApi } from '../../test/support/telegram/fake-bot-api.ts';
import type { SeenMessage } from '../../test/support/telegram/message-store.ts';
import type { TelegramUpdate } from '../../test/support/telegram/telegram-types.ts';
import type { Asked, Person, Shown } from './person.ts';

const POSTS: readonly string[] = ['sendPhoto', 'sendMessage'];

/** Somebody in their private chat with the bot. Telegram sends an update until it is confirmed: none is ever lost. */
export function createTelegramPerson(fake: FakeBotApi): Person {
  const from = fake.user({ languageCode: 'en' });
  const chat = fake.privateChat(from);
  const ofBot = () => fake.messagesIn(chat.id).filter(({ fromBot, deleted }) => fromBot && !deleted);
  const asked = (updates: readonly TelegramUpdate[], messageIds: readonly number[]): Asked => ({
    keys: updates.map(({ update_id }) => `telegram:${fake.bot.id}:${update_id}`),
    accepted: () => (updates.every(({ update_id }) => update_id < fake.confirmedOffset) ? 'yes' : 'open'),
    answers: () =>
      ofBot()
        .filter(({ replyTo }) => replyTo !== undefined && messageIds.includes(replyTo))
        .map(shown),
  });
  return {
    platform: 'telegram',
    id: `${from.id}`,
    send(photos) {
      const [only] = photos;
      const sent =
        photos.length === 1 && only
          ? [fake.sendPhoto(only, { from })]
          : fake.sendAlbum(
              photos.map((bytes) => ({ bytes })),
              { from },
            );
      return asked(
        sent,
        sent.map(({ message }) => message.message_id),
      );
    },
    command(name) {
      const sent = fake.sendText(`/${name}`, { from });
      return asked([sent], [sent.message.message_id]);
    },
    press: ({ id }, label) =>
      asked([fake.press({ message_id: Number(id), chat: { id: chat.id } }, label, from)], []),
    messages: () => ofBot().map(shown),
    seesBot: () => true, // Telegram shows all bots alike
    posts: () =>
      fake.calls
        .filter(({ method, params }) => POSTS.includes(method) && params['chat_id'] === chat.id)
        .map(({ at, status }) => ({ at, isAnswered: status !== 0 })),
  };
}

function shown({ id, text, photo, keyboard }: SeenMessage): Shown {
  const buttons = keyboard.flat().map((button) => button.text);
  return { id: `${id}`, text, hasPicture: photo !== undefined, buttons };
}
