import { GENRES, type Genre, rankGenres, type Scores } from './genre.ts';
import { inOrder } from './in-order.ts';
import type { MeasuredTile } from './ports.ts';
import { completeLook, type ReadPhotoDependencies } from './read-photo.ts';
import type { Language, Look, Measured, Note, Reading, Size } from './types.ts';
import { UserError } from './user-error.ts';

export interface ReadAlbumRequest {
  /** Fetches each picture's bytes, when its turn comes. */
  readonly pictures: readonly (() => Promise<Uint8Array>)[];
  readonly why: Genre | null;
  /** The look has the pictures side by side without heat, too. */
  readonly withPhoto: boolean;
  /** What is measured has copies that may be kept. */
  readonly withCopy: boolean;
  readonly language: Language;
  /** As ExplainRequest has it. */
  readonly asker: string | null;
}

/** What was measured of a picture, with its index among those asked for. */
export interface MeasuredPicture {
  readonly index: number;
  readonly picture: Measured;
  /** Of its tile in the strip; null for a photo alone. */
  readonly size: Size | null;
}

export interface AlbumReading {
  readonly reading: Reading;
  readonly measured: readonly MeasuredPicture[];
}

/** Pictures fetched and read at once: an album must not take the whole memory. */
const AT_ONCE = 2;

/**
 * Reads several pictures as one: the mean of their probabilities, a strip of their heatmaps, and words about the one
 * that speaks loudest. Pictures that cannot be read are left out; throws the first one's UserError when none can.
 */
export async function* readAlbum(
  { pictures, why, withPhoto, withCopy, language, asker }: ReadAlbumRequest,
  dependencies: ReadPhotoDependencies,
  signal: AbortSignal,
): AsyncGenerator<AlbumReading, void> {
  const { photoReader } = dependencies;
  const read: { index: number; picture: MeasuredTile }[] = [];
  let failure: unknown;
  const measure = async (fetch: () => Promise<Uint8Array>) =>
    photoReader.measure(await fetch(), withCopy, signal);
  let index = 0;
  for await (const { outcome } of inOrder(pictures, AT_ONCE, measure)) {
    signal.throwIfAborted();
    if (outcome.status === 'fulfilled') read.push({ index, picture: outcome.value });
    else if (isUnreadable(outcome.reason)) failure ??= outcome.reason;
    else throw outcome.reason;
    index += 1;
  }
  if (read.length === 0) throw failure;
  const scores = meanScores(read.map(({ picture }) => picture.scores));
  const genre = why ?? (rankGenres(scores)[0] as Genre);
  const tiles = read.map(({ picture }) => ({ tile: picture.tile, map: picture.maps[genre] }));
  const loudest = indexOfLargest(read.map(({ picture }) => picture.scores[genre]));
  const extras = { withPhoto, withPreviews: dependencies.explainer.wantsPreviews };
  const drawing = await photoReader.drawStrip(tiles, loudest, extras, signal);
  const { tile: _, ...loud } = (read[loudest] as { picture: MeasuredTile }).picture;
  const notes = new Set(read.flatMap(({ picture }) => picture.notes));
  const look: Look = { ...loud, ...drawing, scores, genre, notes: [...notes] as Note[], timings: NO_TIMINGS };
  const album = {
    count: read.length,
    unread: pictures.length - read.length,
    genre,
    loudest: (read[loudest]?.index ?? 0) + 1,
  };
  const measured = read.map(({ index: at, picture: { tile, ...picture } }) => ({
    index: at,
    picture,
    size: { width: tile.width, height: tile.height },
  }));
  for await (const reading of completeLook({ look, album, language, asker }, dependencies, signal)) {
    yield { reading, measured };
  }
}

/** A fault of the picture's own; being busy is none. */
function isUnreadable(error: unknown): boolean {
  return error instanceof UserError && error.code !== 'busy';
}

const NO_TIMINGS = { decode: 0, infer: 0, cam: 0, overlay: 0, encode: 0, total: 0 };

/** Each genre's mean probability. */
export function meanScores(all: readonly Scores[]): Scores {
  const mean = (genre: Genre) => all.reduce((sum, scores) => sum + scores[genre], 0) / all.length;
  return Object.fromEntries(GENRES.map((genre) => [genre, mean(genre)])) as Scores;
}

function indexOfLargest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
