import { presentError } from '../../core/present-error.ts';
import type { Eventually, Language, Playlist, Reading } from '../../core/types.ts';
import { UserError } from '../../core/user-error.ts';
import { LANGUAGES } from '../../languages/languages.ts';

/** One finished reading as one line of JSON; scores are the calibrated probabilities, unrounded. */
export function renderReadingJson(
  file: string,
  reading: Reading,
  heatmap: string,
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
    },
    playlists: playlists && {
      global: playlistJson(playlists.global, language),
      khaleeji: playlistJson(playlists.khaleeji, language),
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

function playlistJson({ genre, region, url, tracks }: Playlist, language: Language) {
  return { title: LANGUAGES[language].card.playlist(genre, region), url, tracks };
}
