import type { Card } from '../src/core/card.ts';
import type { CommandDependencies } from '../src/core/command.ts';
import type { Genre } from '../src/core/genre.ts';
import { landParts } from '../src/core/land-parts.ts';
import { locateHeat } from '../src/core/measure-heat.ts';
import { OutletError } from '../src/core/outlet-error.ts';
import { presentAnswer } from '../src/core/present-answer.ts';
import { loudestPicture, storedAnswer } from '../src/core/stored-answer.ts';
import { restoreMap } from '../src/core/stored-map.ts';
import type { StoredPicture, StoredResult } from '../src/core/stored-result.ts';
import type { Drawing, Language } from '../src/core/types.ts';
import { UserError } from '../src/core/user-error.ts';

/**
 * "Why not rock?": the same photo's map and words for another genre. The pixels come from the platform again; where it
 * has them no more, the words come without a picture.
 */
export async function* whyNot(
  result: StoredResult,
  genre: Genre,
  language: Language,
  dependencies: CommandDependencies,
  signal: AbortSignal,
): AsyncGenerator<Card, void> {
  const answer = await storedAnswer(result, 'choose', dependencies, signal);
  const drawing = await redraw(result, genre, dependencies, signal);
  const { maps, appearance, sha256 } = loudestPicture(result);
  const { scores, ranking, blend } = answer;
  const map = restoreMap(genre, maps[genre]);
  const evidence = drawing?.evidence ?? locateHeat(map, appearance);
  const image = drawing && {
    fileName: `${genre}-${result.id}.jpg`,
    content: { kind: 'jpeg', jpeg: drawing.heatmap.jpeg } as const,
  };
  const request = { genre, ranking, blend, scores, appearance, map, evidence, sha256, language };
  for await (const parts of landParts(request, dependencies, signal)) {
    yield presentAnswer({ ...answer, ...parts, genre, image }, language);
  }
}

/** null when the platform does not give the pixels. */
async function redraw(
  { pictures, loudest }: StoredResult,
  genre: Genre,
  { imageSource, photoReader }: CommandDependencies,
  signal: AbortSignal,
): Promise<Drawing | null> {
  const mapOf = (picture: StoredPicture) => restoreMap(genre, picture.maps[genre]);
  const [only] = pictures;
  try {
    if (only && pictures.length === 1) {
      return await photoReader.draw(await imageSource.fetch(only.reference, signal), mapOf(only), signal);
    }
    const tiles = [];
    for (const picture of pictures) {
      const bytes = await imageSource.fetch(picture.reference, signal);
      const { tile } = await photoReader.measure(bytes, signal);
      tiles.push({ tile, map: mapOf(picture) });
    }
    return await photoReader.drawStrip(tiles, loudest, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UserError || error instanceof OutletError) return null;
    throw error;
  }
}
