import type { BarsBlock, Block, Card, TextBlock, TracksBlock } from '../core/card.ts';
import { isolate } from '../languages/isolate.ts';
import type { Paragraph } from './fit-paragraphs.ts';
import { cutAtWord, joined, type Markup, type Rich } from './rich-text.ts';

type Direction = 'ltr' | 'rtl';

/** What of a block is text: nothing of a picture or a file, nor of links, which are buttons; each track is a paragraph. */
export function paragraphsOf(block: Block, direction: Direction, markup: Markup): readonly Paragraph[] {
  switch (block.kind) {
    case 'file':
    case 'image':
    case 'links':
      return [];
    case 'bars':
      return [{ rich: barsOf(block, direction, markup), weight: 'fixed', heading: null }];
    case 'text':
      return [textOf(block, markup)];
    case 'tracks':
      // where there is no room for all, the last ones go
      return tracksOf(block, direction, markup).map((rich) => ({ rich, weight: 'quiet', heading: null }));
  }
}

/** The songs of a card that is a message with songs; null for another. */
export function songsOf({ blocks }: Card): TracksBlock['tracks'] | null {
  return blocks.find((block) => block.kind === 'tracks')?.tracks ?? null;
}

function textOf({ heading: words, text: said, quiet, lasting }: TextBlock, markup: Markup): Paragraph {
  const heading = words ? markup.strong(words) : null;
  const text = quiet ? markup.quiet(said) : markup.plain(said);
  const rich = heading ? joined([heading, text], '\n') : text;
  return { rich, weight: lasting ? 'fixed' : quiet ? 'quiet' : 'text', heading };
}

const BAR_CELLS = 10;
const RIGHT_TO_LEFT_MARK = '\u200f';

/** Gives a line that begins with a bar or a number its direction. */
function beginning(direction: Direction): string {
  return direction === 'rtl' ? RIGHT_TO_LEFT_MARK : '';
}

/** Bars of one length, so that what follows them stands in a column, in either direction. */
function barsOf({ rows }: BarsBlock, direction: Direction, { plain, code }: Markup): Rich {
  const lines = rows.map(({ share, value, label }) => {
    const full = Math.round(share * BAR_CELLS);
    const bar = code('█'.repeat(full) + '░'.repeat(BAR_CELLS - full));
    return joined([plain(beginning(direction)), bar, plain(` ${value} ${label}`)], '');
  });
  return joined(lines, '\n');
}

/** Of a track's, in UTF-16 units: five fit in any message, even if each sign needs another before it. */
const TITLE_LENGTH = 80;
const CHANNEL_LENGTH = 40;

/** Numbered lines; the first link is the one that plays. Names keep their own direction inside the line's. */
function tracksOf({ tracks }: TracksBlock, direction: Direction, { plain, foreign, link }: Markup): Rich[] {
  return tracks.map(({ title, channel, url, length }, index) => {
    const name = inLine(channel, CHANNEL_LENGTH);
    return joined(
      [
        plain(`${beginning(direction)}${index + 1}. `),
        link(apart(inLine(title, TITLE_LENGTH) || '♪', direction), url, index === 0),
        ...(name ? [plain(' — '), foreign(apart(name, direction))] : []),
        ...(length ? [plain(` · ${length}`)] : []),
      ],
      '',
    );
  });
}

/** What ends a line, or would turn what stands around it. */
const BREAKS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Only where directions can mix: the less unusual signs a link's name has, the better. */
function apart(name: string, direction: Direction): string {
  return direction === 'rtl' || RIGHT_TO_LEFT.test(name) ? isolate(name) : name;
}

function inLine(text: string, length: number): string {
  return cutAtWord(text.replace(BREAKS, ' ').replace(/\s+/g, ' ').trim(), length);
}
