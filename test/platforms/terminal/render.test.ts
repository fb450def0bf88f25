import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/card.ts';
import { renderCard } from '../../../src/platforms/terminal/render.ts';

const card: Card = {
  kind: 'card',
  language: 'en',
  accent: 'jazz',
  title: 'Jazz · 75%',
  blocks: [
    { kind: 'text', text: 'A part is missing.', quiet: true },
    {
      kind: 'bars',
      label: 'All five',
      rows: [
        { genre: 'jazz', label: 'jazz', share: 0.75, value: '75%' },
        { genre: 'electronic', label: 'electronic', share: 0.05, value: '5%' },
      ],
    },
    { kind: 'text', heading: 'Why', text: 'one two three four five six' },
    {
      kind: 'image',
      label: 'Heatmap',
      fileName: 'h.jpg',
      content: { kind: 'jpeg', jpeg: new Uint8Array() },
      altText: 'alt',
      spoiler: false,
    },
    {
      kind: 'links',
      heading: 'Playlists',
      links: [{ label: 'Jazz', url: 'https://x.example' }],
    },
    {
      kind: 'tracks',
      heading: 'Jazz · Global',
      tracks: [
        { title: 'So What', channel: 'Miles\u001b[31m', url: 'https://y.example/a', length: '9:22' },
        { title: 'Naima', channel: 'Coltrane', url: 'https://y.example/b', length: null },
      ],
    },
  ],
  buttons: [],
  resultId: null,
};
const options = { columns: 14, imagePath: () => '/out/h.jpg' };

describe('renderCard', () => {
  it('lays the card out as plain text', () => {
    expect(renderCard(card, 'cup.jpg', { ...options, colour: false })).toBe(
      [
        'cup.jpg',
        'Jazz · 75%',
        'A part is',
        'missing.',
        '',
        '  jazz        75%  ██████████████████████▌',
        '  electronic   5%  █▌',
        '',
        'Why',
        'one two three',
        'four five six',
        '',
        'Heatmap  /out/h.jpg',
        '',
        'Playlists',
        '  Jazz  https://x.example',
        '',
        'Jazz · Global',
        '  So What · Miles\ufffd[31m · 9:22',
        '    https://y.example/a',
        '  Naima · Coltrane',
        '    https://y.example/b',
        '',
      ].join('\n'),
    );
  });

  it('says what a file is, which nothing here can show', () => {
    const file = {
      kind: 'file',
      fileName: 'a.json',
      mediaType: 'application/json',
      bytes: new Uint8Array(),
      label: 'All of it',
    } as const;
    const lines = renderCard({ ...card, blocks: [file] }, 'cup.jpg', { ...options, colour: false });
    expect(lines).toBe('cup.jpg\nJazz · 75%\n\nAll of it\n');
  });

  it('gives paths and links lines of their own where text runs from right to left', () => {
    const lines = renderCard({ ...card, language: 'ar' }, 'cup.jpg', { ...options, colour: false }).split(
      '\n',
    );
    expect(lines).toEqual(
      expect.arrayContaining(['Heatmap', '  /out/h.jpg', '  Jazz', '  https://x.example']),
    );
  });

  it('only adds colour where the terminal can', () => {
    const coloured = renderCard(card, 'cup.jpg', { ...options, colour: true });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(
      renderCard(card, 'cup.jpg', { ...options, colour: false }),
    );
  });
});
