import type { Reading } from './types.ts';

/** Unique to the photo's bytes and the genre, or to the album's loudest photo, its size and the genre. */
export function heatmapFileName({ genre, look, album }: Pick<Reading, 'genre' | 'look' | 'album'>): string {
  return imageName(genre, look.sha256, album?.count ?? 1);
}

export function imageName(genre: Reading['genre'], sha256: string, count: number): string {
  return `${genre}-${pictureName(sha256, count)}`;
}

/** Of the same without heat. */
export function photoFileName(sha256: string, count: number): string {
  return `photo-${pictureName(sha256, count)}`;
}

function pictureName(sha256: string, count: number): string {
  return `${sha256.slice(0, 8)}${count > 1 ? `-${count}` : ''}.jpg`;
}
