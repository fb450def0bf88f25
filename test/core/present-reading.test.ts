import { describe, expect, it } from 'vitest';
import { blendOf } from '../../src/core/blend.ts';
import type { Block } from '../../src/core/card.ts';
import type { Scores } from '../../src/core/genre.ts';
import { type Genre, rankGenres } from '../../src/core/genre.ts';
import { presentReading } from '../../src/core/present-reading.ts';
import type { Reading } from '../../src/core/types.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { makeLook } from '../support/make-look.ts';

function reading(scores: Partial<Scores>, why: Genre | null = null, rest: Partial<Reading> = {}): Reading {
  const look = makeLook(scores, why);
  return {
    genre: look.genre,
    ranking: rankGenres(look.scores),
    blend: blendOf(look.scores),
    look,
    album: null,
    explanation: { state: 'ready', value: { photo: 'P', heatmap: 'H', altText: 'A', source: 'local' } },
    playlists: {
      state: 'ready',
      value: {
        global: {
          genre: 'jazz',
          region: 'global',
          url: 'https://g.example',
          youtubeMusic: 'https://m.example',
          spotify: 'https://s.example',
        },
        khaleeji: {
          genre: 'jazz',
          region: 'khaleeji',
          url: 'https://k.example',
          youtubeMusic: 'https://n.example',
          spotify: 'https://t.example',
        },
      },
    },
    ...rest,
  };
}

const SHOWN = { language: 'en', resultId: null, spoiler: false, offersTracks: false, asks: null } as const;

function block<K extends Block['kind']>(blocks: readonly Block[], kind: K) {
  return blocks.find((each): each is Extract<Block, { kind: K }> => each.kind === kind);
}

describe('presentReading', () => {
  it('shows genre, five bars, words, image and both playlists', () => {
    const { title, accent, blocks } = presentReading(reading({ jazz: 0.7, rock: 0.3 }), SHOWN);
    expect(accent).toBe('jazz');
    expect(title).toMatch(/jazz.*70/i);
    expect(block(blocks, 'bars')?.rows.map((row) => row.genre)).toEqual([
      'jazz',
      'rock',
      'classical',
      'electronic',
      'pop',
    ]);
    expect(blocks.flatMap((each) => (each.kind === 'text' ? [each.text] : []))).toEqual(
      expect.arrayContaining(['P', 'H']),
    );
    expect(block(blocks, 'image')).toMatchObject({ altText: 'A', fileName: 'jazz-abababab.jpg' });
    expect(block(blocks, 'links')?.links.map((link) => link.url)).toEqual([
      'https://g.example',
      'https://k.example',
    ]);
  });

  it('names both genres when none is clear', () => {
    const { title } = presentReading(reading({ jazz: 0.4, rock: 0.35, pop: 0.25 }), SHOWN);
    expect(title).toMatch(/jazz.*rock/i);
  });

  it('says who won when another genre was asked for', () => {
    const { title, blocks } = presentReading(reading({ jazz: 0.8, rock: 0.2 }, 'rock'), SHOWN);
    expect(title).toMatch(/rock/i);
    expect(blocks[0]).toMatchObject({ kind: 'text', text: expect.stringMatching(/jazz.*80/i) });
  });

  it('says what was wrong with the file', () => {
    const given = reading({ pop: 1 });
    const { blocks } = presentReading({ ...given, look: { ...given.look, notes: ['truncated'] } }, SHOWN);
    expect(blocks[0]).toMatchObject({ text: LANGUAGES.en.notes.truncated });
  });

  it.each(['en', 'ar'] as const)('says what is still to come and what could not be had (%s)', (language) => {
    const { card } = LANGUAGES[language];
    const { blocks } = presentReading(
      reading({ pop: 1 }, null, {
        explanation: { state: 'pending' },
        playlists: { state: 'unavailable', reason: 'secret reason' },
      }),
      { ...SHOWN, language },
    );
    const texts = blocks.flatMap((each) => (each.kind === 'text' ? [each.text] : []));
    expect(texts).toEqual(expect.arrayContaining([card.pending, card.unavailable]));
    expect(JSON.stringify(blocks)).not.toContain('secret reason');
  });

  it('shows the heatmap first, then the photo where there is one', () => {
    const given = reading({ jazz: 1 });
    const withPhoto = { ...given, look: { ...given.look, photo: Uint8Array.of(7) } };
    const { blocks } = presentReading(withPhoto, SHOWN);
    expect(blocks.filter(({ kind }) => kind === 'image')).toEqual([
      {
        kind: 'image',
        label: LANGUAGES.en.card.heatmap,
        fileName: 'jazz-abababab.jpg',
        content: { kind: 'jpeg', jpeg: given.look.heatmap.jpeg },
        altText: 'A',
        spoiler: false,
      },
      {
        kind: 'image',
        label: LANGUAGES.en.card.photo,
        fileName: 'photo-abababab.jpg',
        content: { kind: 'jpeg', jpeg: Uint8Array.of(7) },
        altText: LANGUAGES.en.card.photo,
        spoiler: false,
      },
    ]);
  });

  it('covers both where the person covered theirs, and gives an album’s photo a name of its own', () => {
    const album = { count: 3, unread: 0, genre: 'jazz', loudest: 1 } as const;
    const given = reading({ jazz: 1 }, null, { album });
    const withPhoto = { ...given, look: { ...given.look, photo: Uint8Array.of(7) } };
    const { blocks } = presentReading(withPhoto, { ...SHOWN, spoiler: true });
    expect(blocks.filter(({ kind }) => kind === 'image')).toMatchObject([
      { fileName: 'jazz-abababab-3.jpg', spoiler: true },
      { fileName: 'photo-abababab-3.jpg', spoiler: true },
    ]);
  });
});
