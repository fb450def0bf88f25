import { blendOf } from './blend.ts';
import { type Genre, rankGenres } from './genre.ts';
import { type LandPartsDependencies, landParts } from './land-parts.ts';
import type { PhotoReader } from './ports.ts';
import type { Album, Language, Look, Reading } from './types.ts';

export interface ReadPhotoDependencies extends LandPartsDependencies {
  readonly photoReader: PhotoReader;
}

export interface ReadPhotoRequest {
  readonly bytes: Uint8Array;
  /** The genre that map and words are about; null: the most probable one, as playlists always are. */
  readonly why: Genre | null;
  /** The first snapshot's look has the photo, too. */
  readonly withPhoto: boolean;
  /** The look has a copy that may be kept. */
  readonly withCopy: boolean;
  readonly language: Language;
  /** As ExplainRequest has it. */
  readonly asker: string | null;
}

/**
 * Reads a photo and yields a snapshot each time a part lands: genre and heatmap first, then words and playlists.
 * Throws what PhotoReader.look throws, before the first snapshot, and the signal's reason at any time.
 */
export async function* readPhoto(
  { bytes, why, withPhoto, withCopy, language, asker }: ReadPhotoRequest,
  dependencies: ReadPhotoDependencies,
  signal: AbortSignal,
): AsyncGenerator<Reading, void> {
  const wanted = { why, withPhoto, withCopy, withPreviews: dependencies.explainer.wantsPreviews };
  const look = await dependencies.photoReader.look(bytes, wanted, signal);
  yield* completeLook({ look, album: null, language, asker }, dependencies, signal);
}

export interface Seen extends Pick<ReadPhotoRequest, 'language' | 'asker'> {
  readonly look: Look;
  /** null for a single photo. */
  readonly album: Album | null;
}

/** Readings of what was seen: first alone, then with its words and playlists as they land. */
export async function* completeLook(
  { look, album, language, asker }: Seen,
  dependencies: LandPartsDependencies,
  signal: AbortSignal,
): AsyncGenerator<Reading, void> {
  const { genre, scores, appearance, evidence, sha256, maps } = look;
  const seen = { genre, ranking: rankGenres(scores), blend: blendOf(scores) };
  const measured = { scores, appearance, map: maps[genre], evidence, sha256 };
  const request = { ...seen, ...measured, language, asker, previews: async () => look.previews };
  for await (const parts of landParts(request, dependencies, signal))
    yield { ...seen, look, album, ...parts };
}
