import type { Card } from '../src/core/card.ts';
import type { ImageSource } from '../src/core/ports.ts';
import { presentReading } from '../src/core/present-reading.ts';
import { type ReadPhotoDependencies, readPhoto } from '../src/core/read-photo.ts';
import type { Request } from '../src/core/request.ts';

export interface VibeDependencies<Reference> extends ReadPhotoDependencies {
  readonly imageSource: ImageSource<Reference>;
}

/** /vibe: a photo's genre, heatmap, words and playlists. Each card replaces the one before. */
export async function* vibe<Reference>(
  { image, why, language }: Request<Reference>,
  dependencies: VibeDependencies<Reference>,
  signal: AbortSignal,
): AsyncGenerator<Card, void> {
  const bytes = await dependencies.imageSource.fetch(image, signal);
  for await (const reading of readPhoto({ bytes, why, language }, dependencies, signal)) {
    yield presentReading(reading, language);
  }
}
