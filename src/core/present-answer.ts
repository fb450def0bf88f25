import { LANGUAGES } from '../languages/languages.ts';
import type { Block, Button, Card, ImageContent, LinksBlock, MenuButton } from './card.ts';
import { GENRES, type Genre, type Scores } from './genre.ts';
import { type Playlists, REGIONS, type Region } from './playlist.ts';
import { consentButtons, consentLine } from './present-consent.ts';
import type { PlatformName } from './request.ts';
import type { Album, Eventually, Explanation, Language, Note } from './types.ts';

/** All that a card about a photo shows, whether just read or kept. */
export interface Answer {
  /** The genre the words and the map are about: the asked one, else the top one. */
  readonly genre: Genre;
  readonly ranking: readonly Genre[];
  readonly blend: readonly [Genre, Genre] | null;
  readonly scores: Scores;
  readonly notes: readonly Note[];
  readonly album: Album | null;
  readonly explanation: Eventually<Explanation>;
  readonly playlists: Eventually<Playlists>;
  /** null when there is none: the pixels cannot be had any more. */
  readonly image: ShownImage | null;
  /** The photo as it was read, where cards show it. */
  readonly photo: ShownImage | null;
  readonly spoiler: boolean;
  /** What buttons are about; null: the card has none. */
  readonly resultId: string | null;
  /** Whether a button shows songs: where they do not come by themselves. */
  readonly offersTracks: boolean;
  /** choose: the genres to ask about. correct: those that it should have been. */
  readonly view: 'result' | 'choose' | 'correct';
  /** The owner's, to mark it. */
  readonly vote: { readonly up: boolean } | null;
  /** The platform, where its reader is to say whether their photos are kept; null: they are not asked. */
  readonly asks: PlatformName | null;
}

interface ShownImage {
  readonly fileName: string;
  readonly content: ImageContent;
}

/** The card of an answer's present state: what is still to come says so, what could not be had says so. */
export function presentAnswer(answer: Answer, language: Language): Card {
  const words = LANGUAGES[language];
  const { genre, ranking, scores } = answer;
  const asks = answer.view === 'result' && genre === ranking[0] ? answer.asks : null;
  return {
    kind: 'card',
    language,
    accent: genre,
    title: title(answer, language),
    blocks: [
      ...introduction(answer, language),
      {
        kind: 'bars',
        label: words.card.scores,
        rows: ranking.map((each) => ({
          genre: each,
          label: words.genres[each],
          share: scores[each],
          value: words.percent(scores[each]),
        })),
      },
      ...explanations(answer, language),
      ...images(answer, language),
      ...playlistLinks(answer.playlists, language),
      ...(asks ? [consentLine(asks, language)] : []),
    ],
    buttons: answer.resultId === null ? [] : buttons(answer, answer.resultId, language),
    resultId: answer.resultId,
  };
}

function title({ genre, ranking, blend, scores }: Answer, language: Language): string {
  const { card } = LANGUAGES[language];
  if (genre !== ranking[0]) return card.asked(genre, scores[genre]);
  return blend ? card.blend(...blend) : card.title(genre, scores[genre]);
}

function introduction(
  { genre, ranking, scores, notes, album, image, view }: Answer,
  language: Language,
): Block[] {
  const words = LANGUAGES[language];
  const winner = ranking[0] ?? genre;
  const lines: string[] = [];
  if (view === 'correct') lines.push(words.chat.askRight);
  if (winner !== genre) lines.push(words.card.winner(winner, scores[winner]));
  if (!image && winner !== genre) lines.push(words.chat.noPicture(genre, winner));
  if (album && album.count > 1) lines.push(words.chat.album(album.count, album.loudest, album.genre));
  if (album && album.unread > 0) lines.push(words.chat.unread(album.unread));
  lines.push(...notes.map((note) => words.notes[note]));
  return lines.map((text) => ({ kind: 'text', text, quiet: true }));
}

function explanations({ explanation }: Answer, language: Language): Block[] {
  const { card } = LANGUAGES[language];
  if (explanation.state !== 'ready') {
    return [{ kind: 'text', text: placeholder(explanation, language), quiet: true }];
  }
  return [
    { kind: 'text', heading: card.photoHeading, text: explanation.value.photo },
    { kind: 'text', heading: card.heatmapHeading, text: explanation.value.heatmap },
    ...(explanation.value.standIn ? [{ kind: 'text', text: card.standIn, quiet: true } as const] : []),
    { kind: 'text', text: card.legend, quiet: true },
  ];
}

/** The heatmap first: where there is room for one picture only, it is that. */
function images({ image, photo, spoiler, explanation }: Answer, language: Language): Block[] {
  const { card } = LANGUAGES[language];
  const altText = explanation.state === 'ready' ? explanation.value.altText : card.legend;
  return [
    ...(image ? [{ kind: 'image', label: card.heatmap, ...image, altText, spoiler } as const] : []),
    ...(photo ? [{ kind: 'image', label: card.photo, ...photo, altText: card.photo, spoiler } as const] : []),
  ];
}

function playlistLinks(playlists: Eventually<Playlists>, language: Language): Block[] {
  if (playlists.state === 'ready') return linksOf(playlists.value, language);
  const { playlistsHeading: heading } = LANGUAGES[language].card;
  return [{ kind: 'text', heading, text: placeholder(playlists, language), quiet: true }];
}

/** A genre's lists, and where else the first of them can be heard. */
export function linksOf(
  playlists: Playlists,
  language: Language,
  regions: readonly Region[] = REGIONS,
): LinksBlock[] {
  const { card } = LANGUAGES[language];
  const lists = regions.map((region) => playlists[region]);
  return [
    {
      kind: 'links',
      heading: card.playlistsHeading,
      links: lists.map(({ genre, region, url }) => ({ label: card.playlist(genre, region), url })),
    },
    {
      kind: 'links',
      heading: card.elsewhereHeading,
      links: lists.slice(0, 1).flatMap(({ youtubeMusic, spotify }) => [
        { label: 'YouTube Music', url: youtubeMusic },
        { label: 'Spotify', url: spotify },
      ]),
    },
  ];
}

function placeholder(part: Eventually<unknown>, language: Language): string {
  const { card } = LANGUAGES[language];
  return part.state === 'pending' ? card.pending : card.unavailable;
}

function buttons(
  { genre, ranking, view, vote, offersTracks, asks }: Answer,
  result: string,
  language: Language,
): Button[][] {
  const { genres, chat } = LANGUAGES[language];
  const menu = (label: string, kind: 'why' | 'down', isOpen: boolean): MenuButton => ({
    kind: 'menu',
    label,
    open: { kind, result },
    isOpen,
    options: GENRES.filter((each) => each !== ranking[0] && (kind === 'down' || each !== genre)).map(
      (each) => ({
        kind: 'action',
        label: genres[each],
        action: { kind: `${kind}-genre`, result, genre: each },
      }),
    ),
  });
  const back: Button = { kind: 'action', label: chat.buttons.back, action: { kind: 'back', result } };
  if (view === 'correct') return [[menu(chat.askRight, 'down', true)], [back]];
  if (view === 'choose' || genre !== ranking[0]) return [[menu(chat.buttons.why, 'why', true)], [back]];
  const thumb = (kind: 'up' | 'down', mark: string): Button => ({
    kind: 'action',
    label: vote?.up === (kind === 'up') ? chat.buttons.voted(mark) : mark,
    action: { kind, result },
  });
  return [
    [menu(chat.buttons.why, 'why', false), { kind: 'share', label: chat.buttons.share, resultId: result }],
    [
      ...(offersTracks ? [tracksButton(genre, 'global', language)] : []),
      thumb('up', '👍'),
      thumb('down', '👎'),
    ],
    ...(asks ? [consentButtons(result, language)] : []),
  ];
}

/** Shows songs of a list as a message of their own. */
export function tracksButton(genre: Genre, region: Region, language: Language): Button {
  const { tracks } = LANGUAGES[language].chat.buttons;
  return { kind: 'action', label: tracks, action: { kind: 'tracks', genre, region } };
}
