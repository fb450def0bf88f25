import { expect, it } from 'vitest';
import type { Publication } from '../../../src/core/card.ts';
import { addressIn, failureOf, requestFor } from '../../support/telegram-connection.ts';
import { openOutlet, photoCard } from '../../support/telegram-outlet.ts';

async function open() {
  const opened = await openOutlet();
  const publication: Publication = {
    kind: 'publication',
    card: photoCard(opened.red, 'jazz-1.jpg', 'Look.'),
  };
  return { ...opened, publication };
}

it('publishes a card as a message of its own, in the topic, in answer to none', async () => {
  const { fake, outlet, red, publication, signal } = await open();
  const forum = fake.group({ forum: true });
  const thread = fake.topic(forum);
  const { message } = fake.sendText('hello', { from: fake.user(), chat: forum, thread });
  const address = addressIn(forum.id, { threadId: thread, replyTo: message.message_id });
  await outlet.publish(requestFor(address), publication, signal);
  expect(fake.messagesIn(forum.id).filter(({ fromBot }) => fromBot)).toMatchObject([
    { text: 'Jazz\n\nLook.', photo: red, threadId: thread, keyboard: [[{ text: 'Why?' }]] },
  ]);
  expect(fake.callsOf('sendPhoto')[0]?.params).not.toHaveProperty('reply_parameters');
  expect(fake.violations).toEqual([]);
});

it('publishes in words where the bot may send no photos', async () => {
  const { fake, outlet, request, publication, messages, signal } = await open();
  const description = 'Bad Request: not enough rights to send photos to the chat';
  fake.fail({ method: 'sendPhoto', kind: 'refuse', code: 400, description });
  await outlet.publish(request, publication, signal);
  expect(messages()).toMatchObject([{ text: 'Jazz\n\nLook.', photo: undefined }]);
});

it('follows a group that became a supergroup', async () => {
  const { fake, outlet, publication, signal } = await open();
  const old = fake.group({ basic: true });
  const grown = fake.migrate(old);
  await outlet.publish(requestFor(addressIn(old.id)), publication, signal);
  expect(fake.messagesIn(grown.id).filter(({ fromBot }) => fromBot)).toHaveLength(1);
});

it('fails where the chat is gone, and says so where nobody knows', async () => {
  const { fake, person, outlet, request, publication, messages, signal } = await open();
  fake.fail({ method: 'sendPhoto', kind: 'drop-reply' });
  expect(await failureOf(outlet.publish(request, publication, signal))).toMatchObject({
    failure: { kind: 'unsure' },
  });
  expect(messages()).toHaveLength(1);
  fake.block(person);
  expect(await failureOf(outlet.publish(request, publication, signal))).toMatchObject({
    failure: { kind: 'gone' },
  });
});
