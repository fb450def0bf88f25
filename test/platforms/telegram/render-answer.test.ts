import { expect, it } from 'vitest';
import { GENRES } from '../../../src/core/genre.ts';
import { presentAnswer } from '../../../src/core/present-answer.ts';
import { LANGUAGE_CODES } from '../../../src/core/types.ts';
import { renderCard } from '../../../src/platforms/telegram/render.ts';
import { makeAnswer } from '../../support/make-answer.ts';
import { checkKeyboard } from '../../support/telegram/check-keyboard.ts';
import { readCaption } from '../../support/telegram/formatted-text.ts';
import { specProblems } from '../../support/telegram/spec-problems.ts';
import { encode } from '../../support/telegram-cards.ts';

const LONG = makeAnswer({
  notes: ['truncated'],
  album: { count: 10, unread: 1, genre: 'jazz', loudest: 3 },
  explanation: {
    state: 'ready',
    value: {
      photo: 'Warm & <dark>. '.repeat(40),
      heatmap: 'Here. '.repeat(60),
      altText: 'x',
      source: 'local',
    },
  },
  vote: { up: true },
});

it.each(LANGUAGE_CODES)('renders every view of an answer so that Telegram takes it (%s)', (language) => {
  for (const view of ['result', 'choose', 'correct'] as const) {
    for (const genre of GENRES) {
      const card = presentAnswer({ ...LONG, genre, view }, language);
      const { caption, keyboard } = renderCard(card, encode);
      const seen = readCaption({ caption, parse_mode: 'HTML' }).text;
      expect(seen.startsWith(card.title)).toBe(true);
      // the bars stay, whatever goes
      expect(seen.match(/[█░]{10}/g)).toHaveLength(5);
      expect(checkKeyboard(keyboard)?.inline_keyboard.length).toBeGreaterThan(1);
      expect(specProblems('InlineKeyboardMarkup', keyboard)).toEqual([]);
    }
  }
});
