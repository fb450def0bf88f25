import type { Card } from '../src/core/card.ts';
import type { CommandDependencies } from '../src/core/command.ts';
import { type Genre, rankGenres } from '../src/core/genre.ts';
import { imageName } from '../src/core/heatmap-file-name.ts';
import { landParts } from '../src/core/land-parts.ts';
import { locateHeat } from '../src/core/measure-heat.ts';
import { OutletError } from '../src/core/outlet-error.ts';
import { type Answer, presentAnswer } from '../src/core/present-answer.ts';
import { loudestPicture, type StoredView, storedAnswer } from '../src/core/stored-answer.ts';
import { restoreMap } from '../src/core/stored-map.ts';
import type { StoredPicture, StoredResult } from '../src/core/stored-result.ts';
import type { Drawing, Language } from '../src/core/types.ts';
import { UserError } from '../src/core/user-error.ts';

export interface Shown extends StoredView {
  readonly genre: Genre;
  readonly language: Language;
  /** As ExplainRequest has it. */
  readonly asker: string;
}

/** The card of a result's first genre: as it was shown where that is kept, else made once more. */
export async function* showFirst(
  result: StoredResult,
  { language, asker, ...shown }: Omit<Shown, 'genre'>,
  dependencies: CommandDependencies,
  signal: AbortSignal,
): AsyncGenerator<Card, void> {
  const { explanation, posted, scores } = result;
  if (explanation && posted && language === result.language) {
    const answer = await storedAnswer(result, shown, dependencies, signal);
    const image = answer.image ?? (await drawAgain(result, answer, dependencies, signal));
    yield presentAnswer({ ...answer, image }, language);
  } else {
    const genre = rankGenres(scores)[0] as Genre;
    yield* whyNot(result, { ...shown, genre, language, asker }, dependencies, signal);
  }
}

/** A heatmap that the message does not show just now, where its pixels are at hand: on the message itself. */
async function drawAgain(
  result: StoredResult,
  answer: Answer,
  dependencies: CommandDependencies,
  signal: AbortSignal,
): Promise<Answer['image']> {
  const drawing = answer.photo && (await redraw(result, answer, dependencies, signal));
  return drawing && drawnImage(result, answer.genre, drawing);
}

function drawnImage(result: StoredResult, genre: Genre, { heatmap }: Drawing): NonNullable<Answer['image']> {
  const fileName = imageName(genre, loudestPicture(result).sha256, result.pictures.length);
  return { fileName, content: { kind: 'jpeg', jpeg: heatmap.jpeg } };
}

/**
 * "Why not rock?": the same photo's map and words for another genre. The pixels come from the platform again, out of
 * the message itself if it shows the photo; where they cannot be had, the words come without a picture.
 */
export async function* whyNot(
  result: StoredResult,
  { genre, language, asker, ...shown }: Shown,
  dependencies: CommandDependencies,
  signal: AbortSignal,
): AsyncGenerator<Card, void> {
  const answer = await storedAnswer(result, shown, dependencies, signal);
  const { scores, ranking, blend } = answer;
  const kept = genre === ranking[0] ? answer.image : null;
  const drawAnew = () => redraw(result, { genre, photo: answer.photo }, dependencies, signal);
  const drawing = kept ? null : await drawAnew();
  const { maps, appearance, sha256 } = loudestPicture(result);
  const map = restoreMap(genre, maps[genre]);
  const evidence = kept ? result.evidence : (drawing?.evidence ?? locateHeat(map, appearance));
  const image = kept ?? (drawing && drawnImage(result, genre, drawing));
  const previews = async () => (kept ? await drawAnew() : drawing)?.previews ?? null;
  const seen = { genre, ranking, blend, scores, appearance, map, evidence, sha256 };
  const request = { ...seen, language, asker, previews };
  for await (const parts of landParts(request, dependencies, signal)) {
    yield presentAnswer({ ...answer, ...parts, genre, image }, language);
  }
}

/** The pixels of a press are worth no longer wait: other presses would stand behind it. */
const REDRAW_LIMIT_MS = 10_000;

/** null when the platform does not give the pixels. */
async function redraw(
  { pictures, loudest }: StoredResult,
  { genre, photo }: Pick<Answer, 'genre' | 'photo'>,
  { imageSource, photoReader, explainer: { wantsPreviews } }: CommandDependencies,
  signal: AbortSignal,
): Promise<Drawing | null> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(REDRAW_LIMIT_MS)]);
  const mapOf = (picture: StoredPicture) => restoreMap(genre, picture.maps[genre]);
  const kept = photo?.content.kind === 'stored' ? photo.content.reference : null;
  const [only] = pictures;
  try {
    if (only && pictures.length === 1) {
      const bytes = await imageSource.fetch(kept ?? only.reference, limited);
      return await photoReader.draw(bytes, mapOf(only), wantsPreviews, limited);
    }
    const placed = pictures.flatMap((each) => (each.size ? [{ size: each.size, map: mapOf(each) }] : []));
    if (kept && placed.length === pictures.length) {
      const strip = await imageSource.fetch(kept, limited);
      return await photoReader.drawOverStrip(strip, placed, loudest, wantsPreviews, limited);
    }
    const tiles = [];
    for (const picture of pictures) {
      const bytes = await imageSource.fetch(picture.reference, limited);
      const { tile } = await photoReader.measure(bytes, false, limited);
      tiles.push({ tile, map: mapOf(picture) });
    }
    return await photoReader.drawStrip(
      tiles,
      loudest,
      { withPhoto: false, withPreviews: wantsPreviews },
      limited,
    );
  } catch (error) {
    signal.throwIfAborted();
    if (limited.aborted || error instanceof UserError || error instanceof OutletError) return null;
    throw error;
  }
}
