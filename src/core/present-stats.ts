import { LANGUAGES } from '../languages/languages.ts';
import type { BarsBlock, Block, Card } from './card.ts';
import { GENRES } from './genre.ts';
import { type Mix, mixOf } from './mix-of.ts';
import type { Tally } from './prediction.ts';
import { textCard } from './text-card.ts';
import type { Language } from './types.ts';

/** The asker's own photos of 90 days. `chart`: their mix drawn, a JPEG; `further`: what stands below. */
export function presentOwnStats(
  tally: Tally,
  chart: Uint8Array | null,
  further: readonly Block[],
  language: Language,
): Card {
  const { title, photos, none } = LANGUAGES[language].chat.stats.own;
  const mix = mixOf(tally.genres);
  const own =
    mix.photos === 0
      ? [none]
      : [
          photos(mix.photos, tally.ups, tally.downs),
          barsOf(mix, language),
          ...chartOf(tally, chart, language),
        ];
  return { ...textCard(language, title, [...own, ...further]), accent: accentOf(mix) };
}

/** A group's photos of 7 days: nothing that tells of one of its people. */
export function presentGroupStats(tally: Tally, language: Language): Card {
  const { title, photos, none, privately } = LANGUAGES[language].chat.stats.group;
  const mix = mixOf(tally.genres);
  const shown = mix.photos === 0 ? [none] : [photos(mix.photos), barsOf(mix, language)];
  const quiet = { kind: 'text', text: privately, quiet: true } as const;
  return { ...textCard(language, title, [...shown, quiet]), accent: accentOf(mix) };
}

function barsOf({ parts }: Mix, language: Language): BarsBlock {
  const { genres, chat } = LANGUAGES[language];
  const { percent, mix } = chat.stats;
  const rows = parts.map(({ genre, share }) => ({
    genre,
    label: genres[genre],
    share,
    value: percent(share),
  }));
  return { kind: 'bars', label: mix, rows };
}

function chartOf({ genres }: Tally, jpeg: Uint8Array | null, language: Language): Block[] {
  if (!jpeg) return [];
  const { label, altText, order } = LANGUAGES[language].chat.stats.chart;
  const fileName = `mix-${GENRES.map((genre) => genres[genre]).join('-')}.jpg`;
  const content = { kind: 'jpeg', jpeg } as const;
  return [
    { kind: 'image', label, fileName, content, altText: altText(mixOf(genres).parts), spoiler: false },
    { kind: 'text', text: order, quiet: true },
  ];
}

function accentOf({ photos, parts }: Mix): Card['accent'] {
  return photos > 0 ? (parts[0]?.genre ?? null) : null;
}
