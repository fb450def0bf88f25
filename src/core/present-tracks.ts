import { LANGUAGES } from '../languages/languages.ts';
import type { Button, Card, TracksBlock } from './card.ts';
import type { Genre } from './genre.ts';
import { REGIONS, type Region, type TrackPage } from './playlist.ts';
import type { TrackTurn } from './ports.ts';
import { textCard } from './text-card.ts';
import type { Language } from './types.ts';

/** Which list's songs are shown, and where in it. */
export interface ShownTracks {
  readonly genre: Genre;
  readonly region: Region;
  readonly turn: TrackTurn;
}

/** A page of a list's songs, with buttons for the next one and for the other region's list. */
export function presentTracks(page: TrackPage, shown: ShownTracks, language: Language): Card {
  const { genre, region, turn } = shown;
  const { chat, regions } = LANGUAGES[language];
  const { more, chosen } = chat.buttons;
  const to = (label: string, where: Region, at: number): Button => ({
    kind: 'action',
    label,
    action: { kind: 'turn', genre, region: where, seed: turn.seed, page: at, language },
  });
  const next = page.pages > 1 ? [to(more, region, (turn.page + 1) % page.pages)] : [];
  const others = REGIONS.map((each) =>
    each === region ? to(chosen(regions[each]), each, turn.page) : to(regions[each], each, 0),
  );
  const block = tracksBlock(page, genre, region, language);
  return { ...textCard(language, chat.tracksTitle(genre, region), [block], [next, others]), accent: genre };
}

export function tracksBlock(
  { tracks }: TrackPage,
  genre: Genre,
  region: Region,
  language: Language,
): TracksBlock {
  return {
    kind: 'tracks',
    heading: LANGUAGES[language].card.playlist(genre, region),
    tracks: tracks.map(({ title, channel, url, seconds }) => ({
      title,
      channel,
      url,
      length: seconds === null ? null : lengthOf(seconds),
    })),
  };
}

/** '3:07', '1:02:45' */
function lengthOf(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const rest = `${whole % 60}`.padStart(2, '0');
  return hours > 0 ? `${hours}:${`${minutes}`.padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
