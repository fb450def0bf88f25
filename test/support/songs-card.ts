import type { Card, TracksBlock } from '../../src/core/card.ts';
import { makeCard } from './telegram-cards.ts';

type Track = TracksBlock['tracks'][number];

export const songUrl = (id: string): string => `https://www.youtube.com/watch?v=${id}`;

export function track(id: string, given: Partial<Track> = {}): Track {
  return { title: `Title ${id}`, channel: `Channel ${id}`, url: songUrl(id), length: '3:07', ...given };
}

/** A card with these songs and a button for more. */
export function songsCard(tracks: readonly Track[], given: Partial<Card> = {}): Card {
  const action = { kind: 'turn', genre: 'jazz', region: 'global', seed: 1, page: 1, language: 'en' } as const;
  return makeCard({
    blocks: [{ kind: 'tracks', heading: 'Jazz · Global', tracks }],
    buttons: [[{ kind: 'action', label: 'More', action }]],
    ...given,
  });
}
