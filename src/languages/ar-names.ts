import type { Genre } from '../core/genre.ts';
import type { Region } from '../core/playlist.ts';
import { isolate } from './isolate.ts';
import { percentage } from './percentage.ts';

export const arRegions: Readonly<Record<Region, string>> = { global: 'عالمي', khaleeji: 'خليجي' };

/** As a label. */
export const arGenres: Readonly<Record<Genre, string>> = {
  classical: 'كلاسيكي',
  electronic: 'إلكتروني',
  jazz: 'جاز',
  pop: 'بوب',
  rock: 'روك',
};

/** In running text, with the article. */
export const arMusic: Readonly<Record<Genre, string>> = {
  classical: 'الموسيقى الكلاسيكية',
  electronic: 'الموسيقى الإلكترونية',
  jazz: 'الجاز',
  pop: 'البوب',
  rock: 'الروك',
};

/** 'for jazz': ل swallows the alif of the article. */
export function forMusic(genre: Genre): string {
  return `لل${arMusic[genre].slice(2)}`;
}

/** In running text: '62%', 'less than 1%'. */
export function arPercent(share: number): string {
  const whole = percentage(share);
  return whole ? isolate(whole) : `أقل من ${isolate('1%')}`;
}

export function arList(phrases: readonly string[]): string {
  return phrases.join(' و');
}
