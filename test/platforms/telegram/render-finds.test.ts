import { expect, it } from 'vitest';
import type { Find, Finds } from '../../../src/core/card.ts';
import { createTelegramOutlet } from '../../../src/platforms/telegram/outlet.ts';
import { renderFinds } from '../../../src/platforms/telegram/render.ts';
import { problemsOfAny } from '../../support/telegram/spec-problems.ts';
import { encode, makeCard, picture, RESULT, text } from '../../support/telegram-cards.ts';
import { connectTelegram, requestFor } from '../../support/telegram-connection.ts';

const find = (id: string, card: Find['card']): Find => ({ id, description: 'From 1 May', card });
const finds = (...given: readonly Find[]): Finds => ({
  kind: 'finds',
  language: 'en',
  finds: given,
  hint: 'Send me a photo',
});

it('offers as a photo what Telegram has the photo of, else a text', () => {
  const stored = picture({ kind: 'stored', reference: 'AgAC' });
  const share = { kind: 'share', label: 'Share', resultId: RESULT } as const;
  const rendered = renderFinds(
    finds(
      find('one', makeCard({ title: 'A & B', blocks: [text('Warm <3'), stored], buttons: [[share]] })),
      find('two', makeCard({ blocks: [text('x'.repeat(5000))] })),
    ),
    encode,
  );
  expect(rendered['results']).toMatchObject([
    {
      type: 'photo',
      id: 'one',
      title: 'A & B',
      description: 'From 1 May',
      photo_file_id: 'AgAC',
      caption: '<b>A &amp; B</b>\n\nWarm &lt;3',
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: 'Share' }]] },
    },
    {
      type: 'article',
      id: 'two',
      title: 'Jazz',
      input_message_content: { parse_mode: 'HTML', link_preview_options: { is_disabled: true } },
    },
  ]);
  expect(problemsOfAny(['InlineQueryResult[]'], rendered['results'], 'results')).toEqual([]);
});

it('is for the asker only, asked anew each time, and leads to the private chat', () => {
  expect(renderFinds(finds(), encode)).toEqual({
    results: [],
    is_personal: true,
    cache_time: 0,
    button: { text: 'Send me a photo', start_parameter: 'search' },
  });
});

it('is taken by Telegram, and sent when chosen', async () => {
  const { fake, call, signal } = await connectTelegram();
  const outlet = createTelegramOutlet({ call, encode });
  const from = fake.user();
  const photo = fake.sendPhoto(Buffer.from('x'), { from }).message.photo?.at(-1)?.file_id ?? '';
  const { inline_query } = fake.inlineQuery(from, '');
  const links = {
    kind: 'links',
    heading: 'x',
    links: [{ label: 'A', url: 'https://y.t/' }],
  } as const;
  const cards = [
    makeCard({ blocks: [picture({ kind: 'stored', reference: photo }), text('Warm.')] }),
    makeCard({ blocks: [links] }),
  ];
  await outlet.offer(
    requestFor({ inlineQueryId: inline_query.id }),
    finds(...cards.map((card, index) => find(`result-${index}`, card))),
    signal,
  );
  const { inline_message_id = '' } = fake.chooseInlineResult(from, 'result-1').chosen_inline_result;
  expect(fake.inlineMessage(inline_message_id)).toMatchObject({
    text: 'Jazz',
    keyboard: [[{ text: 'A', url: 'https://y.t/' }]],
  });
  expect(fake.violations).toEqual([]);
});
