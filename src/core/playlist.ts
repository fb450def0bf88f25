import type { Genre } from './genre.ts';

export const REGIONS = ['global', 'khaleeji'] as const;
export type Region = (typeof REGIONS)[number];

export interface Track {
  readonly title: string;
  readonly channel: string;
  readonly url: string;
  /** Of a small picture; null when there is none. */
  readonly thumbnail: string | null;
  /** null where it is not known. */
  readonly seconds: number | null;
}

/** A few tracks of a list, in an order of their own. */
export interface TrackPage {
  readonly tracks: readonly Track[];
  /** How many pages the list has, at least 1; the one after the last is the first again. */
  readonly pages: number;
}

export interface Playlist {
  readonly genre: Genre;
  readonly region: Region;
  /** On YouTube. */
  readonly url: string;
  /** The same list on YouTube Music. */
  readonly youtubeMusic: string;
  /** A search for the like. */
  readonly spotify: string;
}

export type Playlists = Readonly<Record<Region, Playlist>>;
