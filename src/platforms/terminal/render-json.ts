import type { Playlist, Region, TrackPage } from '../../core/playlist.ts';
import { presentError } from '../../core/present-error.ts';
import type { Eventually, Language, Reading } from '../../core/types.ts';
import { UserError } from '../../core/user-error.ts';
import { LANGUAGES } from '../../languages/languages.ts';

export interface FinishedReading {
  readonly file: string;
  readonly reading: Reading;
  readonly songs: Readonly<Record<Region, TrackPage | null>>;
  /** Where it was written. */
  readonly heatmap: string;
}

/** One finished reading as one line of JSON; scores are the calibrated probabilities, unrounded. */
export function renderReadingJson(
  { file, reading, songs, heatmap }: FinishedReading,
  language: Language,
): string {
  const { look, genre, ranking, blend } = reading;
  const top = ranking[0] ?? genre;
  const map = look.maps[genre];
  const explanation = ready(reading.explanation);
  const playlists = ready(reading.playlists);
  return JSON.stringify({
    file,
    genre: top,
    confidence: look.scores[top],
    blend,
    scores: look.scores,
    heatmap,
    cam: { ...map, values: Array.from(map.values) },
    altText: explanation?.altText ?? LANGUAGES[language].card.legend,
    explanation: explanation && {
      photo: explanation.photo,
      heatmap: explanation.heatmap,
      source: explanation.source,
      standIn: explanation.standIn === true,
    },
    playlists: playlists && {
      global: playlistJson(playlists.global, songs.global, language),
      khaleeji: playlistJson(playlists.khaleeji, songs.khaleeji, language),
    },
    notes: look.notes,
    timings: look.timings,
  });
}

/** `message` is in the person's language; anything but a UserError is an 'internal' one and apologises. */
export function renderErrorJson(file: string, error: unknown, language: Language): string {
  const code = error instanceof UserError ? error.code : 'internal';
  return JSON.stringify({ file, error: { code, message: presentError(error, language) } });
}

function ready<T>(part: Eventually<T>): T | null {
  return part.state === 'ready' ? part.value : null;
}

function playlistJson(playlist: Playlist, songs: TrackPage | null, language: Language) {
  const { genre, region, url, youtubeMusic, spotify } = playlist;
  const title = LANGUAGES[language].card.playlist(genre, region);
  return { title, url, youtubeMusic, spotify, tracks: songs?.tracks ?? [] };
}
