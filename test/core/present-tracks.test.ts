import { describe, expect, it } from 'vitest';
import type { Track } from '../../src/core/playlist.ts';
import { presentTracks } from '../../src/core/present-tracks.ts';
import type { Language } from '../../src/core/types.ts';
import { buttonsOf } from '../support/command-bench.ts';

const track = (given: Partial<Track> = {}): Track => ({
  title: 'So What',
  channel: 'Miles Davis',
  url: 'https://www.youtube.com/watch?v=a',
  thumbnail: null,
  seconds: 547,
  ...given,
});

function show(tracks: readonly Track[], pages = 3, page = 1, language: Language = 'en') {
  const shown = { genre: 'jazz', region: 'global', turn: { seed: 9, page } } as const;
  return presentTracks({ tracks, pages }, shown, language);
}

const actionsOf = (card: ReturnType<typeof show>) =>
  card.buttons.map((row) => row.map((button) => (button.kind === 'action' ? button.action : null)));

describe('presentTracks', () => {
  it('is a card of songs, as they are, under the list’s name', () => {
    const { title, accent, blocks, resultId } = show([track()]);
    expect({ title, accent, resultId }).toEqual({
      title: '🎵 Jazz · Global',
      accent: 'jazz',
      resultId: null,
    });
    const { title: song, channel, url } = track();
    expect(blocks).toEqual([
      { kind: 'tracks', heading: 'Jazz · Global', tracks: [{ title: song, channel, url, length: '9:07' }] },
    ]);
  });

  it.each([
    [0, '0:00'],
    [59.6, '1:00'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [3765, '1:02:45'],
    [null, null],
  ])('says how long a song is: %s s is %s', (seconds, length) => {
    expect(show([track({ seconds })]).blocks[0]).toMatchObject({ tracks: [{ length }] });
  });

  it('leads to the next page of the same order, and from the last to the first', () => {
    expect(actionsOf(show([track()], 3, 1))[0]).toEqual([
      { kind: 'turn', genre: 'jazz', region: 'global', seed: 9, page: 2, language: 'en' },
    ]);
    expect(actionsOf(show([track()], 3, 2))[0]).toEqual([
      { kind: 'turn', genre: 'jazz', region: 'global', seed: 9, page: 0, language: 'en' },
    ]);
  });

  it('leads to no other page where there is none', () => {
    expect(buttonsOf(show([track()], 1, 0))).toEqual([[], ['turn jazz', 'turn jazz']]);
  });

  it('leads to the other region’s list, and marks its own', () => {
    const card = show([track()]);
    expect(actionsOf(card)[1]).toEqual([
      { kind: 'turn', genre: 'jazz', region: 'global', seed: 9, page: 1, language: 'en' },
      { kind: 'turn', genre: 'jazz', region: 'khaleeji', seed: 9, page: 0, language: 'en' },
    ]);
    expect(card.buttons[1]?.map(({ label }) => label)).toEqual(['Global ✓', 'Khaleeji']);
  });

  it('speaks Arabic', () => {
    const { title, buttons } = show([track()], 3, 1, 'ar');
    expect(title).toBe('🎵 جاز · عالمي');
    expect(buttons.flat().map(({ label }) => label)).toEqual(['المزيد ›', 'عالمي ✓', 'خليجي']);
  });
});
