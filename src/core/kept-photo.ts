import type { Genre, Scores } from './genre.ts';
import type { PlatformName } from './request.ts';

/** A photo that its owner lets us keep. */
export interface PhotoToKeep {
  /** The owner, as Person has it. */
  readonly pseudonym: string;
  /** The answer about it: a vote on that is one on the photo. */
  readonly resultId: string;
  /** ≤ 1,024 px on the long side, ≤ 1 MB, without metadata. */
  readonly jpeg: Uint8Array;
  readonly record: KeptRecord;
}

/** What is known of a kept photo: nothing that names its owner. */
export interface KeptRecord {
  readonly platform: PlatformName;
  /** YYYY-MM-DD, UTC. */
  readonly date: string;
  /** The most probable genre, and the calibrated probabilities. */
  readonly genre: Genre;
  readonly scores: Scores;
  readonly modelVersion: string;
  readonly consent: {
    /** person: they said so; operator: whoever runs the bot has told them elsewhere, and they have not said no. */
    readonly basis: 'person' | 'operator';
    /** Of the text that they read. */
    readonly version: string;
  };
  /** Whether a model may be trained with it; never where the platform forbids that. */
  readonly trainable: boolean;
  readonly vote: { readonly up: boolean; readonly genre: Genre | null } | null;
}
