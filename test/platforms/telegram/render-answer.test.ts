import { expect, it } from 'vitest';
import { GENRES } from '../../../src/core/genre.ts';
import { presentAnswer } from '../../../src/core/present-answer.ts';
import { LANGUAGE_CODES } from '../../../src/core/types.ts';
import { renderCard } from '../../../src/platforms/telegram/render.ts';
import { checkKeyboard } from '../../support/telegram/check-keyboard.ts';
import { readCaption } from '../../support/telegram/formatted-text.ts';
import { specProblems } from '../../support/telegram/spec-problems.ts';
import { encode, RESULT } from '../../support/telegram-cards.ts';

const JPEG = { kind: 'jpeg', jpeg: Uint8Array.of(1) } as const;

it.each(LANGUAGE_CODES)('renders every view of an answer so that Telegram takes it (%s)', (language) => {
  const scores = { classical: 0.1, electronic: 0.05, jazz: 0.7, pop: 0.1, rock: 0.05 };
  const explanation = {
    photo: 'Warm & <dark>. '.repeat(40),
    heatmap: 'Here. '.repeat(60),
    altText: 'x',
    source: 'local',
  } as const;
  for (const view of ['result', 'choose', 'correct'] as const) {
    for (const genre of GENRES) {
      const playlist = (region: 'global' | 'khaleeji') => ({
        genre,
        region,
        url: `https://www.youtube.com/playlist?list=${region}`,
        tracks: Array.from({ length: 5 }, (_, at) => ({
          title: `<${at}> & more`,
          channel: 'c',
          url: 'https://y.t',
        })),
      });
      const card = presentAnswer(
        {
          genre,
          ranking: ['jazz', 'classical', 'pop', 'electronic', 'rock'],
          blend: null,
          scores,
          notes: ['truncated'],
          album: { count: 10, unread: 1, genre: 'jazz', loudest: 3 },
          explanation: { state: 'ready', value: explanation },
          playlists: {
            state: 'ready',
            value: { global: playlist('global'), khaleeji: playlist('khaleeji') },
          },
          image: { fileName: 'a.jpg', content: JPEG },
          photo: null,
          spoiler: false,
          resultId: RESULT,
          view,
          vote: { up: true },
        },
        language,
      );
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
