import type { Reading } from './types.ts';

/** Unique to the photo's bytes and the genre. */
export function heatmapFileName({ genre, look }: Pick<Reading, 'genre' | 'look'>): string {
  return `${genre}-${look.sha256.slice(0, 8)}.jpg`;
}
