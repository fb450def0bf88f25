import { blendOf } from './blend.ts';
import { type Genre, rankGenres } from './genre.ts';
import type { Explainer, PhotoReader, PlaylistSource } from './ports.ts';
import type { Eventually, Language, Look, Reading } from './types.ts';

export interface ReadPhotoDependencies {
  readonly photoReader: PhotoReader;
  readonly explainer: Explainer;
  readonly playlistSource: PlaylistSource;
}

export interface ReadPhotoRequest {
  readonly bytes: Uint8Array;
  /** The genre that map and words are about; null: the most probable one, as playlists always are. */
  readonly why: Genre | null;
  readonly language: Language;
}

const PENDING = { state: 'pending' } as const;

/**
 * Reads a photo and yields a snapshot each time a part lands: genre and heatmap first, then words and playlists in
 * whichever order they come. A service that fails costs its own part only.
 * Throws what PhotoReader.look throws, before the first snapshot, and the signal's reason at any time.
 */
export async function* readPhoto(
  { bytes, why, language }: ReadPhotoRequest,
  { photoReader, explainer, playlistSource }: ReadPhotoDependencies,
  signal: AbortSignal,
): AsyncGenerator<Reading, void> {
  let reading = firstReading(await photoReader.look(bytes, why, signal));
  const { look, genre, ranking, blend } = reading;
  const { scores, appearance, map, evidence, sha256 } = look;
  const parts = new Map([
    landing('explanation', () =>
      explainer.explain(
        { genre, ranking, blend, scores, appearance, map, evidence, sha256, language },
        signal,
      ),
    ),
    landing('playlists', () => playlistSource.playlists(ranking[0] ?? genre, signal)),
  ]);
  yield reading; // the parts are being made while it is shown
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => {}); // nobody may be waiting any more
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    while (parts.size > 0) {
      const landed = await Promise.race([aborted, ...parts.values()]);
      for (const name of Object.keys(landed)) parts.delete(name);
      reading = { ...reading, ...landed };
      yield reading;
    }
  } finally {
    signal.removeEventListener('abort', abort); // a bot's signal outlives many readings
  }
}

function firstReading(look: Look): Reading {
  const ranking = rankGenres(look.scores);
  return {
    genre: look.map.genre,
    ranking,
    blend: blendOf(look.scores),
    look,
    explanation: PENDING,
    playlists: PENDING,
  };
}

/** A part of the reading by name, and the promise of it: it never rejects. */
function landing<T>(
  name: 'explanation' | 'playlists',
  make: () => Promise<T>,
): [string, Promise<Partial<Reading>>] {
  const wrap = (part: Eventually<T>) => ({ [name]: part }) as Partial<Reading>;
  const part = Promise.resolve()
    .then(make)
    .then(
      (value) => wrap({ state: 'ready', value }),
      (error: unknown) => wrap({ state: 'unavailable', reason: String(error) }),
    );
  return [name, part];
}
