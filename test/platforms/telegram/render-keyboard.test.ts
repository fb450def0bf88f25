import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/core/action.ts';
import type { Button } from '../../../src/core/card.ts';
import { GENRES } from '../../../src/core/genre.ts';
import { renderCard } from '../../../src/platforms/telegram/render.ts';
import { checkKeyboard } from '../../support/telegram/check-keyboard.ts';
import { specProblems } from '../../support/telegram/spec-problems.ts';
import { encode, makeCard, RESULT } from '../../support/telegram-cards.ts';

const render = (given: Parameters<typeof makeCard>[0]) => renderCard(makeCard(given), encode);

describe('the keyboard of a card', () => {
  const action = (action: Action): Button => ({ kind: 'action', label: 'x', action });

  it('has the links first, then the rows of buttons', () => {
    const { keyboard } = render({
      blocks: [
        {
          kind: 'links',
          heading: 'Playlists',
          links: [
            { label: 'Global', url: 'https://y.t/a' },
            { label: 'Khaleeji', url: 'https://y.t/b' },
          ],
        },
      ],
      buttons: [
        [{ kind: 'action', label: 'Why not …?', action: { kind: 'why', result: RESULT } }],
        [],
        [{ kind: 'share', label: 'Share', resultId: RESULT }],
      ],
    });
    expect(keyboard?.inline_keyboard).toEqual([
      [
        { text: 'Global', url: 'https://y.t/a' },
        { text: 'Khaleeji', url: 'https://y.t/b' },
      ],
      [{ text: 'Why not …?', callback_data: encode({ kind: 'why', result: RESULT }) }],
      [
        {
          text: 'Share',
          switch_inline_query_chosen_chat: {
            query: RESULT,
            allow_user_chats: true,
            allow_group_chats: true,
            allow_channel_chats: true,
          },
        },
      ],
    ]);
    expect(specProblems('InlineKeyboardMarkup', keyboard)).toEqual([]);
  });

  it('is none where there is nothing to press', () => {
    expect(render({}).keyboard).toBeNull();
    expect(render({ buttons: [[]] }).keyboard).toBeNull();
  });

  it('holds every action in no more bytes than Telegram takes', () => {
    const actions: Action[] = [
      ...(['why', 'back', 'up', 'down'] as const).map((kind) => ({ kind, result: RESULT })),
      ...GENRES.flatMap((genre): Action[] => [
        { kind: 'why-genre', result: RESULT, genre },
        { kind: 'down-genre', result: RESULT, genre },
        { kind: 'playlist', genre, region: 'khaleeji' },
        { kind: 'tracks', genre, region: 'khaleeji' },
        { kind: 'turn', genre, region: 'khaleeji', seed: 65_535, page: 99, language: 'en' },
      ]),
      { kind: 'language', language: 'ar', forChat: true },
    ];
    const { keyboard } = render({ buttons: actions.map((each) => [action(each)]) });
    expect(checkKeyboard(keyboard)?.inline_keyboard).toHaveLength(actions.length);
  });
});
