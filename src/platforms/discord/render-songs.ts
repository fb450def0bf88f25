import type { Encode } from '../../core/action.ts';
import type { Card } from '../../core/card.ts';
import { LANGUAGES } from '../../languages/languages.ts';
import { paragraphsOf } from '../card-paragraphs.ts';
import { fitParagraphs, messageOf } from '../fit-paragraphs.ts';
import { heading, markdown } from './markdown.ts';
import { type Row, rowsOf } from './render.ts';

/** Songs as Discord shows them: an ordinary message, for in Components V2 no link has a preview. */
export interface DiscordSongs {
  readonly content: string;
  readonly components: readonly Row[];
}

/** In characters: https://docs.discord.com/developers/resources/message#create-message */
const CONTENT_LIMIT = 2000;
const LINE = '\n';

/** Pure. Of a card with tracks. */
export function renderSongs(card: Card, encode: Encode): DiscordSongs {
  const { direction } = LANGUAGES[card.language];
  const title = { rich: heading(card.title), weight: 'fixed', heading: null } as const;
  const paragraphs = card.blocks.flatMap((block) => paragraphsOf(block, direction, markdown));
  const room = { limit: CONTENT_LIMIT, counted: 'marked', gap: LINE, markup: markdown } as const;
  const { marked } = messageOf(fitParagraphs([title, ...paragraphs], room), LINE);
  return { content: marked, components: rowsOf(card, encode) };
}
