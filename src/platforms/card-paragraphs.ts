import type { BarsBlock, Block, LinksBlock } from '../core/card.ts';
import type { Paragraph } from './fit-paragraphs.ts';
import { joined, type Markup, type Rich } from './rich-text.ts';

/** What of a block is text; null for a picture. Links are buttons, so only their tracks are. */
export function paragraphOf(block: Block, direction: 'ltr' | 'rtl', markup: Markup): Paragraph | null {
  switch (block.kind) {
    case 'image':
      return null;
    case 'bars':
      return { rich: barsOf(block, direction, markup), weight: 'fixed', heading: null };
    case 'links':
      return { rich: tracksOf(block, markup), weight: 'quiet', heading: null };
    case 'text': {
      const heading = block.heading ? markup.strong(block.heading) : null;
      const text = block.quiet ? markup.quiet(block.text) : markup.plain(block.text);
      const rich = heading ? joined([heading, text], '\n') : text;
      return { rich, weight: block.quiet ? 'quiet' : 'text', heading };
    }
  }
}

const BAR_CELLS = 10;
/** Gives a line that begins with a bar its direction. */
const RIGHT_TO_LEFT_MARK = '\u200f';

/** Bars of one length, so that what follows them stands in a column, in either direction. */
function barsOf({ rows }: BarsBlock, direction: 'ltr' | 'rtl', { plain, code }: Markup): Rich {
  const lines = rows.map(({ share, value, label }) => {
    const full = Math.round(share * BAR_CELLS);
    const bar = code('█'.repeat(full) + '░'.repeat(BAR_CELLS - full));
    const begin = direction === 'rtl' ? RIGHT_TO_LEFT_MARK : '';
    return joined([plain(begin), bar, plain(` ${value} ${label}`)], '');
  });
  return joined(lines, '\n');
}

function tracksOf({ links }: LinksBlock, { plain, strong }: Markup): Rich {
  const lines = links.flatMap(({ label, tracks }) =>
    tracks.length > 0 ? [strong(label), ...tracks.map(plain)] : [],
  );
  return joined(lines, '\n');
}
