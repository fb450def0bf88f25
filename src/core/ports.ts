/**
 * Every interface to the outside that reading a photo needs; chat-ports.ts has those of the chats. Calls that take a signal
 * end early, rejecting with its reason, when it aborts.
 */

import type { Genre, Scores } from './genre.ts';
import type { Playlists, Region, TrackPage } from './playlist.ts';
import type {
  Appearance,
  Drawing,
  Explanation,
  FeatureMap,
  HeatEvidence,
  HeatMap,
  Heatmap,
  Language,
  Look,
  Measured,
  Note,
  Previews,
  Raster,
  Size,
} from './types.ts';

/** A picture's bytes, from wherever the platform keeps them. */
export interface ImageSource<Reference> {
  /** Throws UserError, saying why the picture cannot be had; a platform's throws OutletError when it cannot be reached. */
  fetch(reference: Reference, signal: AbortSignal): Promise<Uint8Array>;
}

export interface DecodedPhoto {
  /** Upright, ≤ 1,280 px on the long side, never enlarged, transparency on white. */
  readonly photo: Raster;
  /** The whole photo resized to the network's square input. */
  readonly input: Raster;
  readonly notes: readonly Note[];
}

export interface ImageCodec {
  /** The caller's own rasters, to free. Throws UserError: empty, not-an-image, unsupported-format, too-large, unreadable, timed-out. */
  decode(bytes: Uint8Array): Promise<DecodedPhoto>;
  /** As decode's photo, fitted into a square of `side` px. */
  tile(photo: Raster, side: number): Promise<Raster>;
  /** JPEG without metadata. */
  encode(raster: Raster): Promise<Uint8Array>;
}

export interface Classification {
  readonly scores: Scores;
  readonly features: FeatureMap;
}

export interface Classifier {
  /** One forward pass. `input` is the square the codec made. */
  classify(input: Raster): Promise<Classification>;
  /** The derivative of the genre's logit by each channel of the feature map, [channels]; the same at every position. */
  gradient(genre: Genre): Float32Array;
}

/** A picture of a strip, and the map to draw over it. */
export interface StripPicture {
  /** Upright, small: MeasuredTile's. */
  readonly tile: Raster;
  readonly map: HeatMap;
}

export interface MeasuredTile extends Measured {
  /** ≤ 400 px on the long side. */
  readonly tile: Raster;
}

/** What is wanted beside the heatmap. */
export interface Extras {
  /** Also the photo as it was read, without heat. */
  readonly withPhoto: boolean;
  readonly withPreviews: boolean;
}

/** What is wanted of a look. */
export interface Wanted extends Extras {
  /** The genre to draw the map for; null: the most probable one. */
  readonly why: Genre | null;
  readonly withCopy: boolean;
}

/** A picture's place in a strip, and the map to draw over it. */
export interface PlacedMap {
  /** The size of its tile when the strip was drawn, px. */
  readonly size: Size;
  readonly map: HeatMap;
}

/** Bytes → everything read off the pixels, away from the event loop. */
export interface PhotoReader {
  /** Throws, as measure and draw do, UserError: those of ImageCodec, and busy when too many photos wait. */
  look(bytes: Uint8Array, wanted: Wanted, signal: AbortSignal): Promise<Look>;
  /** One of several pictures that are read together. */
  measure(bytes: Uint8Array, withCopy: boolean, signal: AbortSignal): Promise<MeasuredTile>;
  /** A map that is known already over its photo. */
  draw(bytes: Uint8Array, map: HeatMap, withPreviews: boolean, signal: AbortSignal): Promise<Drawing>;
  /** Pictures side by side, at least one; the evidence is that of the picture with the index `measured`. */
  drawStrip(
    pictures: readonly StripPicture[],
    measured: number,
    extras: Extras,
    signal: AbortSignal,
  ): Promise<Drawing>;
  /** The same from a strip without heat. */
  drawOverStrip(
    strip: Uint8Array,
    pictures: readonly PlacedMap[],
    measured: number,
    withPreviews: boolean,
    signal: AbortSignal,
  ): Promise<Drawing>;
  /** A picture that was drawn of something else, as a JPEG. Throws UserError: busy, timed-out. */
  encode(picture: Raster, signal: AbortSignal): Promise<Heatmap>;
  /** Photos being read are finished; those that wait, and a HEIC still being decoded, are refused. Resolves when the last is through. */
  close(): Promise<void>;
}

export interface ExplainRequest {
  readonly genre: Genre;
  readonly ranking: readonly Genre[];
  readonly blend: readonly [Genre, Genre] | null;
  readonly scores: Scores;
  readonly appearance: Appearance;
  readonly map: HeatMap;
  readonly evidence: HeatEvidence;
  /** Fixes which of several phrasings is taken, so that the same photo reads the same. */
  readonly sha256: string;
  readonly language: Language;
  /** Who it is for, unique over platforms; null: nobody whose requests are counted. */
  readonly asker: string | null;
  /** The photo and its heatmap; null when their pixels are not to be had. Never rejects but with the reason of the reading's signal. */
  previews(): Promise<Previews | null>;
}

export interface Explainer {
  /** Whether it looks at the pictures themselves, and not only at what was measured. */
  readonly wantsPreviews: boolean;
  /** Plain text in the asked language, no markup, at most 60 words an explanation. */
  explain(request: ExplainRequest, signal: AbortSignal): Promise<Explanation>;
}

export interface PlaylistSource {
  /** The links need no network and never fail. */
  playlists(genre: Genre, signal: AbortSignal): Promise<Playlists>;
}

/** Where in a list: the same seed gives the same order as long as the list stays the same. */
export interface TrackTurn {
  /** 0 … 65,535 */
  readonly seed: number;
  /** From 0; any number. */
  readonly page: number;
}

export interface TrackSource {
  /** Whether it has any to give at all. */
  readonly available: boolean;
  /** Five tracks of a list, fewer when it has no more; null when they cannot be had just now. */
  tracks(genre: Genre, region: Region, turn: TrackTurn, signal: AbortSignal): Promise<TrackPage | null>;
}

/** Monotonic milliseconds. */
export type Clock = () => number;
