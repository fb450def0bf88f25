import { expect, it } from 'vitest';
import type { Action } from '../../../src/core/action.ts';
import type { Genre } from '../../../src/core/genre.ts';
import { type Answer, presentAnswer } from '../../../src/core/present-answer.ts';
import { renderCard } from '../../../src/platforms/telegram/render.ts';
import { makeAnswer } from '../../support/make-answer.ts';
import { encode, RESULT } from '../../support/telegram-cards.ts';

/** The rows below the links. */
function rowsOf(given: Partial<Answer>) {
  const { keyboard } = renderCard(presentAnswer(makeAnswer({ resultId: RESULT, ...given }), 'en'), encode);
  return keyboard?.inline_keyboard.filter((row) => row.every((each) => !('url' in each)));
}

const button = (text: string, action: Action) => ({ text, callback_data: encode(action) });
const genre = (kind: 'why-genre' | 'down-genre', of: Genre) =>
  button(of, { kind, result: RESULT, genre: of });
const back = button('‹ Back', { kind: 'back', result: RESULT });

it('shows a closed menu as the button that opens it, where it stands', () => {
  expect(rowsOf({})).toEqual([
    [
      button('Why not …?', { kind: 'why', result: RESULT }),
      expect.objectContaining({ text: 'Share', switch_inline_query_chosen_chat: expect.anything() }),
    ],
    [button('👍', { kind: 'up', result: RESULT }), button('👎', { kind: 'down', result: RESULT })],
  ]);
});

it('shows an open one as its options, two in a row, and what follows below', () => {
  expect(rowsOf({ view: 'choose' })).toEqual([
    [genre('why-genre', 'classical'), genre('why-genre', 'electronic')],
    [genre('why-genre', 'pop'), genre('why-genre', 'rock')],
    [back],
  ]);
  expect(rowsOf({ genre: 'rock' })).toEqual([
    [genre('why-genre', 'classical'), genre('why-genre', 'electronic')],
    [genre('why-genre', 'pop')],
    [back],
  ]);
});

it('asks in the same way after 👎', () => {
  expect(rowsOf({ view: 'correct' })).toEqual([
    [genre('down-genre', 'classical'), genre('down-genre', 'electronic')],
    [genre('down-genre', 'pop'), genre('down-genre', 'rock')],
    [back],
  ]);
});
