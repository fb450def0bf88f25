import type { Genre, Scores } from './genre.ts';
import type { Plain, Request } from './request.ts';
import type { Album, Appearance, Explanation, HeatEvidence, Language, Note, Size } from './types.ts';

/** An answer that was given, without any picture: what buttons, sharing and votes need. Kept 30 days. */
export interface StoredResult {
  /** 16 characters of A–Z a–z 0–9 - _; cannot be guessed. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly platform: Request['platform'];
  /** The platform's id of who asked. */
  readonly owner: string;
  readonly chat: Request['chat'];
  /** One, or those of an album in its order. */
  readonly pictures: readonly StoredPicture[];
  /** Index of the picture that speaks loudest for the genre: the words are about it. */
  readonly loudest: number;
  /** null for a single photo. */
  readonly album: Album | null;
  /** The album's mean. */
  readonly scores: Scores;
  /** Where the heat of the genre that was shown first lies in the loudest picture. */
  readonly evidence: HeatEvidence;
  readonly notes: readonly Note[];
  /** Its pictures were covered: so are those of every card about it. */
  readonly spoiler: boolean;
  readonly modelVersion: string;
  readonly language: Language;
  /** The words for the most probable genre; null while they are made, and where another was asked about. */
  readonly explanation: Explanation | null;
  /** The message that shows it; null while it is being posted. */
  readonly posted: Posted | null;
  /** Its owner sent it somewhere: others may find it by its id. */
  readonly shared: boolean;
}

export interface StoredPicture {
  readonly reference: Plain;
  /** Of the bytes as they came, hex. */
  readonly sha256: string;
  readonly appearance: Appearance;
  readonly maps: Readonly<Record<Genre, StoredMap>>;
  /** Of its tile in an album's strip; null for a photo alone. */
  readonly size: Size | null;
}

/** A HeatMap in a hundred bytes. */
export interface StoredMap {
  readonly width: number;
  readonly height: number;
  /** Heat 0 … 255, row by row, in base64. */
  readonly heat: string;
}

/** A message that shows a card. */
export interface Posted {
  readonly messageId: string;
  /** The file name of the picture that it shows; null without one. */
  readonly imageName: string | null;
  /** The platform's own reference to that picture, to show it again without sending it. */
  readonly image: Plain;
}

export interface Vote {
  readonly resultId: string;
  /** Whose it is, as askerKey has it. */
  readonly voter: string;
  readonly up: boolean;
  /** What it should have been, when they said so. */
  readonly genre: Genre | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}
