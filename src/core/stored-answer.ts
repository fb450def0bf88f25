import type { Archive } from './archive.ts';
import { blendOf } from './blend.ts';
import { isAsked } from './consent.ts';
import { type Genre, rankGenres } from './genre.ts';
import { imageName, photoFileName } from './heatmap-file-name.ts';
import { keyOf } from './person.ts';
import type { PlaylistSource, TrackSource } from './ports.ts';
import type { Answer } from './present-answer.ts';
import type { ShownPicture } from './request.ts';
import type { Store } from './store.ts';
import type { StoredPicture, StoredResult } from './stored-result.ts';

export interface StoredAnswerDependencies {
  readonly store: Store;
  readonly archive: Archive;
  readonly playlistSource: PlaylistSource;
  readonly trackSource: TrackSource;
  /** As Platform has it. */
  readonly showsPhoto: boolean;
}

export interface StoredView {
  readonly view: Answer['view'];
  /** What the message that has it shows, as PressCall has them. */
  readonly pictures: readonly ShownPicture[];
}

/** What a stored result's card showed first, with its owner's vote as it is now. */
export async function storedAnswer(
  result: StoredResult,
  { view, pictures }: StoredView,
  { store, archive, playlistSource, trackSource, showsPhoto }: StoredAnswerDependencies,
  signal: AbortSignal,
): Promise<Answer> {
  const { scores, notes, album, explanation, posted } = result;
  const ranking = rankGenres(scores);
  const genre = ranking[0] as Genre;
  const { sha256 } = loudestPicture(result);
  const fileName = imageName(genre, sha256, result.pictures.length);
  return {
    genre,
    ranking,
    blend: blendOf(scores),
    scores,
    notes,
    album,
    explanation: explanation
      ? { state: 'ready', value: explanation }
      : { state: 'unavailable', reason: 'not kept' },
    playlists: { state: 'ready', value: await playlistSource.playlists(genre, signal) },
    image: showsPhoto ? shownImage(fileName, pictures) : postedImage(fileName, posted),
    photo: shownImage(photoFileName(sha256, result.pictures.length), pictures),
    spoiler: result.spoiler,
    resultId: result.id,
    offersTracks: trackSource.available && result.chat.shared,
    view,
    asks: (await isAsked(result, { store, archive })) ? result.platform : null,
    vote: await store.vote(result.id, keyOf({ platform: result.platform, id: result.owner })),
  };
}

/** null where another genre was asked about: the message shows that one's heatmap. */
function postedImage(fileName: string, posted: StoredResult['posted']): Answer['image'] {
  if (!posted?.image || posted.imageName !== fileName) return null;
  return { fileName, content: { kind: 'stored', reference: posted.image } };
}

/** A picture that the message has; null when it has none of that name. */
function shownImage(fileName: string, pictures: readonly ShownPicture[]): Answer['photo'] {
  const shown = pictures.find(({ name }) => name === fileName);
  return shown ? { fileName, content: { kind: 'stored', reference: shown.reference } } : null;
}

/** The one the words are about. */
export function loudestPicture({ pictures, loudest }: StoredResult): StoredPicture {
  return pictures[loudest] as StoredPicture;
}
