import type { Button, Card } from '../src/core/card.ts';
import type { Command, CommandDependencies } from '../src/core/command.ts';
import { GENRES, type Genre } from '../src/core/genre.ts';
import { parseGenre, parseRegion } from '../src/core/parse-words.ts';
import { REGIONS, type Region } from '../src/core/playlist.ts';
import { linksOf, tracksButton } from '../src/core/present-answer.ts';
import type { Call } from '../src/core/request.ts';
import { textCard } from '../src/core/text-card.ts';
import type { Language } from '../src/core/types.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

/** /playlist <genre> [global|khaleeji]: the lists without a photo; asks for what was not said. */
export const playlist: Command<Call & { command: 'playlist' }> = async function* (
  { words },
  { language, signal },
  dependencies,
) {
  const genre = words.map(parseGenre).find((each) => each !== null);
  const region = words.map(parseRegion).find((each) => each !== null) ?? null;
  if (genre) {
    yield await playlistCard(genre, region, language, dependencies, signal);
    return;
  }
  const { chat, card } = LANGUAGES[language];
  const unknown = words.find((word) => parseRegion(word) === null);
  const question = unknown === undefined ? chat.playlist.ask : chat.playlist.unknown(unknown);
  yield textCard(language, card.playlistsHeading, [question], genreButtons(null, region, language));
};

/** The lists of a genre, of one region or both, and buttons for the other genres. */
export async function playlistCard(
  genre: Genre,
  region: Region | null,
  language: Language,
  { playlistSource, trackSource }: Pick<CommandDependencies, 'playlistSource' | 'trackSource'>,
  signal: AbortSignal,
): Promise<Card> {
  const { genres, card } = LANGUAGES[language];
  const playlists = await playlistSource.playlists(genre, signal);
  const links = linksOf(playlists, language, region ? [region] : REGIONS);
  const title = `${card.playlistsHeading} · ${genres[genre]}`;
  const songs = trackSource.available ? [[tracksButton(genre, region ?? 'global', language)]] : [];
  const buttons = [...songs, ...genreButtons(genre, region, language)];
  return { ...textCard(language, title, links, buttons), accent: genre };
}

function genreButtons(shown: Genre | null, region: Region | null, language: Language): Button[][] {
  const { genres } = LANGUAGES[language];
  const buttons = GENRES.filter((each) => each !== shown).map(
    (genre): Button => ({
      kind: 'action',
      label: genres[genre],
      action: { kind: 'playlist', genre, region },
    }),
  );
  return [buttons.slice(0, 2), buttons.slice(2)];
}
