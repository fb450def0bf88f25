import { describe, expect, it } from 'vitest';
import type { Button } from '../../src/core/card.ts';
import type { Genre } from '../../src/core/genre.ts';
import { type Answer, presentAnswer } from '../../src/core/present-answer.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { makeAnswer } from '../support/make-answer.ts';

const result = 'b-_4567890123456';
const { chat, genres } = LANGUAGES.en;
const show = (given: Partial<Answer>) => presentAnswer(makeAnswer(given), 'en');
const buttonsOf = (given: Partial<Answer>) => show(given).buttons;

const back: Button = { kind: 'action', label: chat.buttons.back, action: { kind: 'back', result } };
const menu = (kind: 'why' | 'down', label: string, isOpen: boolean, of: readonly Genre[]): Button => ({
  kind: 'menu',
  label,
  open: { kind, result },
  isOpen,
  options: of.map((genre) => ({
    kind: 'action',
    label: genres[genre],
    action: { kind: `${kind}-genre`, result, genre },
  })),
});
const thumb = (kind: 'up' | 'down', label: string): Button => ({
  kind: 'action',
  label,
  action: { kind, result },
});

describe('the buttons of an answer', () => {
  it('are the other genres to ask about in a closed menu, sharing, and the votes', () => {
    expect(buttonsOf({})).toEqual([
      [
        menu('why', chat.buttons.why, false, ['classical', 'electronic', 'pop', 'rock']),
        { kind: 'share', label: chat.buttons.share, resultId: result },
      ],
      [thumb('up', '👍'), thumb('down', '👎')],
    ]);
  });

  it('are that menu open, and the way back, once somebody wants to choose', () => {
    const all = menu('why', chat.buttons.why, true, ['classical', 'electronic', 'pop', 'rock']);
    expect(buttonsOf({ view: 'choose' })).toEqual([[all], [back]]);
  });

  it.each(['result', 'choose'] as const)('leave out the genre that is shown already: %s', (view) => {
    const others = menu('why', chat.buttons.why, true, ['classical', 'electronic', 'pop']);
    expect(buttonsOf({ view, genre: 'rock' })).toEqual([[others], [back]]);
  });

  it.each(['jazz', 'rock'] as const)('are after 👎 all that it should have been, open: %s', (genre) => {
    const right = menu('down', chat.askRight, true, ['classical', 'electronic', 'pop', 'rock']);
    expect(buttonsOf({ view: 'correct', genre })).toEqual([[right], [back]]);
    expect(show({ view: 'correct', genre }).blocks[0]).toMatchObject({ text: chat.askRight });
  });

  it('mark the vote that was given', () => {
    expect(buttonsOf({ vote: { up: true } })[1]).toEqual([thumb('up', '👍 ✓'), thumb('down', '👎')]);
    expect(buttonsOf({ vote: { up: false } })[1]).toEqual([thumb('up', '👍'), thumb('down', '👎 ✓')]);
  });

  it('are none without a result that they are about', () => {
    expect(buttonsOf({ resultId: null, view: 'choose' })).toEqual([]);
  });
});

describe('the pictures of an answer', () => {
  const photo = { fileName: 'photo-a.jpg', content: { kind: 'stored', reference: 'p' } } as const;
  const namesOf = (given: Partial<Answer>) =>
    show(given).blocks.flatMap((block) =>
      block.kind === 'image' ? [`${block.fileName}${block.spoiler ? ', covered' : ''}`] : [],
    );

  it('are the heatmap and then the photo, covered or not', () => {
    expect(namesOf({})).toEqual(['jazz-a.jpg']);
    expect(namesOf({ photo })).toEqual(['jazz-a.jpg', 'photo-a.jpg']);
    expect(namesOf({ photo, spoiler: true })).toEqual(['jazz-a.jpg, covered', 'photo-a.jpg, covered']);
    expect(namesOf({ photo, image: null })).toEqual(['photo-a.jpg']);
    expect(namesOf({ image: null })).toEqual([]);
  });
});

describe('the words of an answer', () => {
  const explanation = { photo: 'P', heatmap: 'H', altText: 'A', source: 'local' } as const;
  const textsOf = (given: Partial<Answer>) =>
    show(given).blocks.flatMap((block) => (block.kind === 'text' ? [block] : []));

  it('say quietly that they stand in for better ones', () => {
    const standIn = { kind: 'text', text: LANGUAGES.en.card.standIn, quiet: true };
    const value = { ...explanation, standIn: true } as const;
    expect(textsOf({ explanation: { state: 'ready', value } })).toContainEqual(standIn);
    expect(textsOf({ explanation: { state: 'ready', value: explanation } })).not.toContainEqual(standIn);
  });
});

describe('the music of an answer', () => {
  it('is both lists, and the global one elsewhere', () => {
    const links = show({}).blocks.flatMap((block) => (block.kind === 'links' ? [block.links] : []));
    expect(links.map((row) => row.map(({ label }) => label))).toEqual([
      ['Jazz · Global', 'Jazz · Khaleeji'],
      ['YouTube Music', 'Spotify'],
    ]);
    const { playlists } = makeAnswer();
    const { youtubeMusic, spotify } = (playlists.state === 'ready' ? playlists.value : null)?.global ?? {};
    expect(links[1]?.map(({ url }) => url)).toEqual([youtubeMusic, spotify]);
  });

  it('has a button for songs before the votes where they do not come by themselves', () => {
    const action = { kind: 'tracks', genre: 'jazz', region: 'global' } as const;
    const songs = { kind: 'action', label: chat.buttons.tracks, action };
    expect(buttonsOf({ offersTracks: true })[1]).toEqual([songs, thumb('up', '👍'), thumb('down', '👎')]);
    expect(buttonsOf({ offersTracks: true, view: 'choose' }).flat()).not.toContainEqual(songs);
  });
});
