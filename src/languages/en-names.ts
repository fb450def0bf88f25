import type { Genre } from '../core/genre.ts';
import type { Region } from '../core/playlist.ts';
import { percentage } from './percentage.ts';

export const enRegions: Readonly<Record<Region, string>> = { global: 'Global', khaleeji: 'Khaleeji' };

export const enGenres: Readonly<Record<Genre, string>> = {
  classical: 'classical',
  electronic: 'electronic',
  jazz: 'jazz',
  pop: 'pop',
  rock: 'rock',
};

/** With the first letter large. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 'a', 'a and b'. */
export function list(phrases: readonly string[]): string {
  return phrases.join(' and ');
}

/** In running text: '62%', 'under 1%'. */
export function enPercent(share: number): string {
  return percentage(share) ?? 'under 1%';
}
