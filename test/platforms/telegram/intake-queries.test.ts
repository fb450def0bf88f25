import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { updateSchema } from '../../../src/platforms/telegram/update-schema.ts';
import { specProblems } from '../../support/telegram/spec-problems.ts';
import { NOW, people, recorded, requestOf, take } from '../../support/telegram-people.ts';

it('hears a press, with the message and the topic that it is about', () => {
  const chat = people();
  const [from, forum] = [chat.user({ languageCode: 'ar' }), chat.group({ forum: true })];
  const thread = chat.topic(forum);
  const { message } = chat.sendText('Jazz', { from, chat: forum, thread });
  const update = chat.press(message, 'w.abc', from, { forged: true });
  expect(requestOf(update)).toEqual({
    platform: 'telegram',
    asker: { id: `${from.id}`, locale: 'ar' },
    chat: { id: `${forum.id}`, shared: true, community: null },
    address: {
      chatId: forum.id,
      threadId: thread,
      replyTo: null,
      callbackId: update.callback_query.id,
    },
    call: { command: 'press', data: 'w.abc', messageId: `${message.message_id}`, pictures: [] },
    answerBy: null,
  });
});

it('hears a press on a message that Telegram does not show any more', () => {
  expect(requestOf(recorded('press-inaccessible'))?.call).toEqual({
    command: 'press',
    data: 'w.abc.def',
    messageId: '17',
    pictures: [],
  });
});

it('takes a press without data for one with wrong data, in no topic where there is none', () => {
  expect(requestOf(recorded('press-game'))).toMatchObject({
    call: { command: 'press', data: '' },
    address: { threadId: null },
  });
});

it('passes over a press under a message that it cannot edit', () => {
  expect(take(recorded('press-inline'))).toBeNull();
});

it('hears a search, for as long as Telegram takes its answer', () => {
  const chat = people();
  const from = chat.user();
  const update = chat.inlineQuery(from, ' jazz ');
  expect(requestOf(update)).toEqual({
    platform: 'telegram',
    asker: { id: `${from.id}`, locale: null },
    chat: { id: `${from.id}`, shared: false, community: null },
    address: { inlineQueryId: update.inline_query.id },
    call: { command: 'search', query: ' jazz ' },
    answerBy: NOW + 10_000,
  });
});

it('hears what was chosen', () => {
  const chosen = { result_id: 'abc', from: people().user(), query: '' };
  expect(requestOf({ update_id: 9, chosen_inline_result: chosen })).toMatchObject({
    address: null,
    call: { command: 'shared', resultId: 'abc' },
    answerBy: null,
  });
});

it('passes over kinds of updates that it does not know', () => {
  const chat = people();
  const { message } = chat.sendPhoto(Buffer.from('x'), { from: chat.user() });
  for (const kind of ['edited_message', 'channel_post', 'business_message', 'something_new']) {
    expect(take({ update_id: 1, [kind]: message })).toBeNull();
  }
  expect(take({ update_id: 1 })).toBeNull();
});

it('finds no update in what is none, and does not throw', () => {
  const message = { message_id: 1, chat: { id: 1, type: 'private' } };
  const broken = [
    null,
    [],
    'update',
    {},
    { update_id: '1' },
    { update_id: 1, message: null },
    { update_id: 1, message: { ...message, chat: { id: 1, type: 'planet' } } },
    { update_id: 1, message: { ...message, photo: 'yes' } },
    { update_id: 1, message: { ...message, text: 5 } },
    { update_id: 1, callback_query: { id: 1 } },
  ];
  for (const update of broken) expect(updateSchema.safeParse(update).success).toBe(false);
  for (const odd of [message, { ...message, photo: [] }, { ...message, from: { id: 1, is_bot: false } }]) {
    expect(take({ update_id: 1, message: odd })).toBeNull();
  }
});

it('has been tried with updates of the form that Telegram tells', () => {
  const names = readdirSync(new URL('../../fixtures/telegram/', import.meta.url));
  const updates = names.flatMap((name) => recorded(name.replace('.json', '')));
  expect(updates.length).toBeGreaterThan(names.length);
  expect(updates.flatMap((update) => specProblems('Update', update))).toEqual([]);
});
