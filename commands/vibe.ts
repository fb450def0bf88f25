import type { Card } from '../src/core/card.ts';
import type { Genre } from '../src/core/genre.ts';
import type { KeptResult } from '../src/core/keep-result.ts';
import type { ImageSource } from '../src/core/ports.ts';
import { presentReading } from '../src/core/present-reading.ts';
import { type MeasuredPicture, readAlbum } from '../src/core/read-album.ts';
import { type ReadPhotoDependencies, readPhoto } from '../src/core/read-photo.ts';
import type { PlatformName } from '../src/core/request.ts';
import type { Language, Reading } from '../src/core/types.ts';
import { UserError } from '../src/core/user-error.ts';

export interface Vibe<Reference> {
  /** Several are read as one. */
  readonly images: readonly Reference[];
  /** The genre to explain; null: the most probable one. */
  readonly why: Genre | null;
  /** The cards' pictures are covered. */
  readonly spoiler: boolean;
  /** The cards show the photo, too. */
  readonly withPhoto: boolean;
  /** `keep` gets copies of the photos. */
  readonly withCopy: boolean;
  readonly language: Language;
  /** As ExplainRequest has it. */
  readonly asker: string | null;
  /** The card has a button for songs. */
  readonly offersTracks: boolean;
  /** null: none of them. */
  readonly platform: PlatformName | null;
}

export interface VibeDependencies<Reference> extends ReadPhotoDependencies {
  readonly imageSource: ImageSource<Reference>;
  /**
   * Keeps what the card's buttons need, for each snapshot; null: no buttons.
   * `measured` are the pictures that were read, by their index in the images.
   */
  keep(reading: Reading, measured: readonly MeasuredPicture[]): Promise<KeptResult | null>;
}

/** /vibe: a photo's genre, heatmap, words and playlists. Each card replaces the one before. */
export async function* vibe<Reference>(
  { images, why, spoiler, offersTracks, platform, ...how }: Vibe<Reference>,
  dependencies: VibeDependencies<Reference>,
  signal: AbortSignal,
): AsyncGenerator<Card, void> {
  const { imageSource, keep } = dependencies;
  const shown = { language: how.language, spoiler, offersTracks };
  const card = (reading: Reading, kept: KeptResult | null) => {
    const { resultId = null, asks = false } = kept ?? {};
    return presentReading(reading, { ...shown, resultId, asks: asks ? platform : null });
  };
  const [image] = images;
  if (image === undefined) throw new UserError('no-photo', {});
  if (images.length > 1) {
    const pictures = images.map((each) => () => imageSource.fetch(each, signal));
    const album = readAlbum({ pictures, why, ...how }, dependencies, signal);
    for await (const { reading, measured } of album) {
      yield card(reading, await keep(reading, measured));
    }
    return;
  }
  const bytes = await imageSource.fetch(image, signal);
  for await (const reading of readPhoto({ bytes, why, ...how }, dependencies, signal)) {
    yield card(reading, await keep(reading, [{ index: 0, picture: reading.look, size: null }]));
  }
}
