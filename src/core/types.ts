import type { Genre, Scores } from './genre.ts';
import type { Playlists } from './playlist.ts';

export const LANGUAGE_CODES = ['en', 'ar'] as const;
export type Language = (typeof LANGUAGE_CODES)[number];

/** A decoded picture: RGB, 8 bits a channel, row by row, no padding: width × height × 3 bytes. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Of a picture, px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the reader should be told about how a photo was read. */
export type Note = 'truncated';

/** The last feature map, [channels × height × width], row-major. */
export interface FeatureMap {
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Where a genre's evidence lies: [height × width], row-major, 0 … 1 with 1 the hottest; all 0 when nothing speaks for it. */
export interface HeatMap {
  readonly genre: Genre;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export const COLOURS = [
  'black',
  'grey',
  'white',
  'red',
  'orange',
  'brown',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
] as const;
export type Colour = (typeof COLOURS)[number];

/** What was measured in a picture or in a part of it. */
export interface Appearance {
  /** Mean luma, 0 (black) … 1 (white). */
  readonly brightness: number;
  /** Standard deviation of luma, 0 … 0.5. */
  readonly contrast: number;
  /** Mean HSV saturation weighted by value, 0 (grey) … 1 (vivid). */
  readonly saturation: number;
  /** Mean of (red − blue) / 255: −1 (cold) … 1 (warm). */
  readonly warmth: number;
  /** Mean absolute luma step between neighbours, 0 (smooth) … 1 (busy); most photos lie between 0.004 and 0.055. */
  readonly edges: number;
  /** Up to three, largest share first; shares are of all pixels, 0 … 1. */
  readonly colours: readonly { readonly colour: Colour; readonly share: number }[];
}

export const PLACES = [
  'top-left',
  'top',
  'top-right',
  'left',
  'centre',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const;
export type Place = (typeof PLACES)[number];

/** Where the heat lies and what the picture looks like there. */
export interface HeatEvidence {
  /** Nothing in the picture speaks for the genre: the map is all zero, and the rest means nothing. */
  readonly blank: boolean;
  /** The ninth of the picture with the most heat. */
  readonly place: Place;
  /** That ninth's share of all heat, 0 … 1 (1/9 when spread evenly). */
  readonly placeShare: number;
  /** The smallest share of the picture's area that holds half of the heat, 0 (a point) … 0.5 (everywhere). */
  readonly halfArea: number;
  /** The look of that hot half, or of the whole picture when blank. */
  readonly hot: Appearance;
}

export interface Timings {
  readonly decode: number;
  readonly infer: number;
  readonly cam: number;
  readonly overlay: number;
  readonly encode: number;
  /** From the bytes to the encoded heatmap, milliseconds as all of these, without the wait for a free worker. */
  readonly total: number;
}

/** What the network and the measurements say of a picture, before anything is drawn. */
export interface Measured {
  /** Of the bytes as they came, hex. */
  readonly sha256: string;
  readonly notes: readonly Note[];
  readonly scores: Scores;
  readonly maps: Readonly<Record<Genre, HeatMap>>;
  readonly appearance: Appearance;
  /** As it may be kept: a JPEG without metadata, ≤ 1,024 px on the long side, ≤ 1 MB; null where it was not asked for. */
  readonly copy: Uint8Array | null;
}

/** A picture with a map over it and a legend, or several side by side. */
export interface Heatmap {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A photo and its heatmap as small JPEGs without metadata, ≤ 512 px on the long side: for whoever describes them. */
export interface Previews {
  readonly photo: Uint8Array;
  readonly heatmap: Uint8Array;
}

/** A heatmap and what was measured under it. */
export interface Drawing {
  readonly heatmap: Heatmap;
  /** The same without heat, a JPEG without metadata; null where it was not asked for. */
  readonly photo: Uint8Array | null;
  /** Of the picture that was measured; null where they were not asked for. */
  readonly previews: Previews | null;
  readonly evidence: HeatEvidence;
}

/** Everything that is read off the pixels, in one go. */
export interface Look extends Measured, Drawing {
  /** The genre that heatmap and evidence are about: the asked one, else the top one. */
  readonly genre: Genre;
  readonly timings: Timings;
}

/** A part of the answer that may come later, or not at all. */
export type Eventually<T> =
  | { readonly state: 'pending' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'unavailable'; readonly reason: string };

export interface Explanation {
  readonly photo: string;
  readonly heatmap: string;
  readonly altText: string;
  readonly source: 'local' | 'openai';
  /** Said instead of words that could not be had. */
  readonly standIn?: true;
}

/** How several pictures were read as one. */
export interface Album {
  /** Pictures that were read. */
  readonly count: number;
  /** Pictures that could not be read. */
  readonly unread: number;
  /** The genre that they were first read for. */
  readonly genre: Genre;
  /** The number, from 1, of the picture that speaks loudest for it: the words are about that one. */
  readonly loudest: number;
}

/** The state of one answer; every snapshot is complete and newer than the one before. */
export interface Reading {
  /** The genre the words and the map are about: the asked one, else the top one. */
  readonly genre: Genre;
  /** Most probable first. */
  readonly ranking: readonly Genre[];
  /** The two that share the photo when no genre clearly leads, else null. */
  readonly blend: readonly [Genre, Genre] | null;
  readonly look: Look;
  /** null for a single photo. */
  readonly album: Album | null;
  readonly explanation: Eventually<Explanation>;
  readonly playlists: Eventually<Playlists>;
}
