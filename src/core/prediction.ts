import type { Genre } from './genre.ts';
import type { PlatformName } from './request.ts';

/** What is counted of an answer: for 90 days by itself, then only as a part of its day's sums. */
export interface Prediction {
  /** The result's. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly platform: PlatformName;
  /** Who asked, as Person has it. */
  readonly pseudonym: string;
  /** Where others read along: communityKey; null for a private chat. */
  readonly community: string | null;
  /** The most probable genre, and its calibrated probability. */
  readonly genre: Genre;
  readonly confidence: number;
  readonly modelVersion: string;
}

/** Predictions counted, and the votes on them. */
export interface Tally {
  /** Photos by their most probable genre. */
  readonly genres: Readonly<Record<Genre, number>>;
  /** The sum of their confidences; divided by all photos it is the mean. */
  readonly confidence: number;
  readonly ups: number;
  readonly downs: number;
}

/** Whose predictions, and from when on (inclusive, milliseconds since 1970; null: ever). All of them where nothing is said. */
export interface TallyOf {
  readonly pseudonym?: string;
  readonly community?: string;
  readonly since: number | null;
}
