import { GENRES, type Genre } from './genre.ts';
import type { StoredMap } from './stored-result.ts';
import type { HeatMap } from './types.ts';

/** At 8 bits a value. */
export function storeMaps(maps: Readonly<Record<Genre, HeatMap>>): Record<Genre, StoredMap> {
  return Object.fromEntries(GENRES.map((genre) => [genre, storeMap(maps[genre])])) as Record<
    Genre,
    StoredMap
  >;
}

function storeMap({ width, height, values }: HeatMap): StoredMap {
  const heat = Uint8Array.from(values, (value) => Math.round(value * 255));
  return { width, height, heat: btoa(String.fromCharCode(...heat)) };
}

export function restoreMap(genre: Genre, { width, height, heat }: StoredMap): HeatMap {
  return { genre, width, height, values: Float32Array.from(atob(heat), (byte) => byte.charCodeAt(0) / 255) };
}
