import { LANGUAGES } from '../languages/languages.ts';
import type { Block, Card } from './card.ts';
import { heatmapFileName } from './heatmap-file-name.ts';
import { type Eventually, type Language, type Playlists, REGIONS, type Reading } from './types.ts';

/** The card of a reading's present state: what is still to come says so, what could not be had says so. */
export function presentReading(reading: Reading, language: Language): Card {
  const words = LANGUAGES[language];
  const { look, genre } = reading;
  return {
    language,
    accent: genre,
    title: title(reading, language),
    blocks: [
      ...introduction(reading, language),
      {
        kind: 'bars',
        label: words.card.scores,
        rows: reading.ranking.map((each) => ({
          genre: each,
          label: words.genres[each],
          share: look.scores[each],
          value: words.percent(look.scores[each]),
        })),
      },
      ...explanations(reading, language),
      {
        kind: 'image',
        label: words.card.heatmap,
        fileName: heatmapFileName(reading),
        jpeg: look.heatmap.jpeg,
        altText:
          reading.explanation.state === 'ready' ? reading.explanation.value.altText : words.card.legend,
      },
      playlistLinks(reading.playlists, language),
    ],
  };
}

function title({ genre, ranking, blend, look }: Reading, language: Language): string {
  const { card } = LANGUAGES[language];
  if (genre !== ranking[0]) return card.asked(genre, look.scores[genre]);
  return blend ? card.blend(...blend) : card.title(genre, look.scores[genre]);
}

function introduction({ genre, ranking, look }: Reading, language: Language): Block[] {
  const words = LANGUAGES[language];
  const winner = ranking[0];
  const lines = look.notes.map((note) => words.notes[note]);
  if (winner && winner !== genre) lines.unshift(words.card.winner(winner, look.scores[winner]));
  return lines.map((text) => ({ kind: 'text', text, quiet: true }));
}

function explanations({ explanation }: Reading, language: Language): Block[] {
  const { card } = LANGUAGES[language];
  if (explanation.state !== 'ready') {
    return [{ kind: 'text', text: placeholder(explanation, language), quiet: true }];
  }
  return [
    { kind: 'text', heading: card.photoHeading, text: explanation.value.photo },
    { kind: 'text', heading: card.heatmapHeading, text: explanation.value.heatmap },
    { kind: 'text', text: card.legend, quiet: true },
  ];
}

function playlistLinks(playlists: Eventually<Playlists>, language: Language): Block {
  const { card } = LANGUAGES[language];
  if (playlists.state !== 'ready') {
    return {
      kind: 'text',
      heading: card.playlistsHeading,
      text: placeholder(playlists, language),
      quiet: true,
    };
  }
  return {
    kind: 'links',
    heading: card.playlistsHeading,
    links: REGIONS.map((region) => {
      const { genre, url, tracks } = playlists.value[region];
      return { label: card.playlist(genre, region), url, tracks: tracks.map((track) => track.title) };
    }),
  };
}

function placeholder(part: Eventually<unknown>, language: Language): string {
  const { card } = LANGUAGES[language];
  return part.state === 'pending' ? card.pending : card.unavailable;
}
