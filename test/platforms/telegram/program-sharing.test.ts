import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../support/run-program.ts';
import { startTelegramProgram, type TelegramProgram } from '../../support/telegram-program.ts';

type User = ReturnType<TelegramProgram['fake']['user']>;

let bot: TelegramProgram;
beforeAll(async () => {
  bot = await startTelegramProgram();
});
afterEach(() => expect(bot.fake.violations).toEqual([]));
afterAll(() => bot.close());

const photo = () => readFile(join(REPOSITORY, 'test/fixtures/photos/coffee.jpg'));

/** A finished answer, in a private chat unless a group is named. */
async function answerFor(user: User, group?: ReturnType<TelegramProgram['fake']['group']>) {
  const { fake, answers } = bot;
  const chat = group ?? fake.privateChat(user);
  const before = answers(chat.id).length;
  fake.sendPhoto(await photo(), { from: user, chat, caption: '/vibe' });
  // the playlists' rows come last
  await fake.waitUntil(() => answers(chat.id)[before]?.keyboard?.length === 4);
  const card = answers(chat.id)[before];
  const share = card?.keyboard?.flat().find((button) => 'switch_inline_query_chosen_chat' in button);
  if (!card || !share) throw new Error('no card');
  const { query } = share['switch_inline_query_chosen_chat'] as { query: string };
  return { chat, card, resultId: query, now: () => fake.message(chat.id, card.id) ?? card };
}

async function search(user: User, query: string) {
  const { fake } = bot;
  const after = fake.calls.length;
  fake.inlineQuery(user, query);
  const { params } = await fake.waitForCall('answerInlineQuery', { after });
  return params['results'] as {
    type: string;
    id: string;
    title: string;
    photo_file_id?: string;
    caption?: string;
  }[];
}

async function pressed(press: () => unknown) {
  const { fake } = bot;
  const after = fake.calls.length;
  press();
  const { params } = await fake.waitForCall('answerCallbackQuery', { after });
  return params['text'];
}

describe('sharing in any chat', () => {
  it('finds a result for its owner, and for others once its owner has sent it somewhere', async () => {
    const { fake } = bot;
    const [owner, other] = [fake.user({ languageCode: 'en' }), fake.user()];
    const { resultId } = await answerFor(owner);
    expect(await search(other, resultId)).toEqual([]);
    const [found] = await search(owner, resultId);
    expect(found).toMatchObject({ type: 'photo', id: resultId, photo_file_id: expect.any(String) });
    expect(found?.caption).toContain('jazz');
    fake.chooseInlineResult(other, resultId, resultId); // not theirs to share
    expect(await search(other, resultId)).toEqual([]);
    fake.chooseInlineResult(owner, resultId, resultId);
    fake.sendText('/help', { from: owner });
    await fake.waitForCall('sendMessage', { after: fake.calls.length - 1 });
    expect(await search(other, resultId)).toHaveLength(1);
  });

  it('offers the latest results, newest first, and a genre’s playlists by its name in either language', async () => {
    const { fake } = bot;
    const owner = fake.user({ languageCode: 'ar' });
    const [first, second] = [await answerFor(owner), await answerFor(owner)];
    expect((await search(owner, '')).map(({ id }) => id)).toEqual([second.resultId, first.resultId]);
    for (const name of ['jazz', 'الجاز']) {
      const found = await search(owner, name);
      expect(found.map(({ type }) => type)).toEqual(['article', 'article', 'article']);
      expect(found[0]?.title).toMatch(/جاز/);
    }
    expect(await search(owner, 'polka')).toEqual([]);
  });
});

describe('votes', () => {
  it('are their owner’s alone in a group, where all may ask why', async () => {
    const { fake } = bot;
    const [owner, other] = [fake.user({ languageCode: 'en' }), fake.user({ languageCode: 'en' })];
    const { card, now } = await answerFor(owner, fake.group());
    expect(await pressed(() => fake.press(card, '👍', other))).toMatch(/Only the person who sent/);
    expect(await pressed(() => fake.press(card, '👍', owner))).toMatch(/Thank you/);
    await fake.waitUntil(() =>
      now()
        .keyboard?.flat()
        .some(({ text }) => text === '👍 ✓'),
    );
    await pressed(() => fake.press(now(), 'Why not …?', other));
    await fake.waitUntil(() =>
      now()
        .keyboard?.flat()
        .some(({ text }) => text === '‹ Back'),
    );
  });

  it('ask after 👎 which genre it should have been', async () => {
    const { fake } = bot;
    const owner = fake.user({ languageCode: 'en' });
    const { card, now } = await answerFor(owner);
    await pressed(() => fake.press(card, '👎', owner));
    await fake.waitUntil(() => now().text.includes('Which genre should it have been?'));
    expect(await pressed(() => fake.press(now(), 'rock', owner))).toMatch(/rock/);
    await fake.waitUntil(() =>
      now()
        .keyboard?.flat()
        .some(({ text }) => text === '👎 ✓'),
    );
  });

  it('and all else that is stale or forged is refused softly', async () => {
    const { fake } = bot;
    const owner = fake.user({ languageCode: 'en' });
    const { card } = await answerFor(owner);
    const data = card.keyboard?.flat().find(({ text }) => text === '👍')?.['callback_data'] as string;
    const elsewhere = await answerFor(owner, fake.group());
    for (const forged of ['', 'x', data.replace(/.$/, '!'), 'u.AAAAAAAAAAAAAAAA.BBBBBBBBBB']) {
      expect(await pressed(() => fake.press(card, forged, owner, { forged: true }))).toMatch(
        /doesn’t work any more/,
      );
    }
    // good data, in a chat where it was not given
    expect(await pressed(() => fake.press(elsewhere.card, data, owner, { forged: true }))).toMatch(
      /doesn’t work/,
    );
  });
});
