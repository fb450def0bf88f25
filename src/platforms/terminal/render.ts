import { styleText } from 'node:util';
import type { BarsBlock, Block, Card, ImageBlock } from '../../core/card.ts';
import type { Genre } from '../../core/genre.ts';
import type { Words } from '../../languages/language.ts';
import { LANGUAGES } from '../../languages/languages.ts';
import { plainLine } from './plain-line.ts';

export interface RenderOptions {
  readonly colour: boolean;
  /** Columns that text is wrapped to. */
  readonly columns: number;
  /** Where the card's image was written. */
  imagePath(block: ImageBlock): string;
}

type Style = Parameters<typeof styleText>[0];

const GENRE_STYLE: Record<Genre, Style> = {
  classical: 'cyan',
  electronic: 'magenta',
  jazz: 'yellow',
  pop: 'green',
  rock: 'red',
};

const BAR_CELLS = 30;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A card as lines of text, ending in a line break. */
export function renderCard(card: Card, photo: string, options: RenderOptions): string {
  const style = (format: Style, text: string) =>
    options.colour ? styleText(format, text, { validateStream: false }) : text;
  const lines = [
    style('dim', plainLine(photo)),
    style(card.accent ? (['bold', GENRE_STYLE[card.accent]].flat() as Style) : 'bold', card.title),
  ];
  const { direction } = LANGUAGES[card.language];
  for (const block of card.blocks) lines.push(...renderBlock(block, style, { ...options, direction }));
  return `${lines.join('\n')}\n`;
}

function renderBlock(
  block: Block,
  style: (format: Style, text: string) => string,
  options: RenderOptions & Pick<Words, 'direction'>,
): string[] {
  // a path or a link on a line of its own keeps its direction, and is copied without an invisible sign at its end
  const gap = options.direction === 'rtl' ? '\n  ' : '  ';
  switch (block.kind) {
    case 'bars':
      return ['', ...renderBars(block, style)];
    case 'file':
      return ['', style('bold', block.label)];
    case 'image':
      return ['', `${style('bold', block.label)}${gap}${plainLine(options.imagePath(block))}`];
    case 'links':
      return [
        '',
        style('bold', block.heading),
        ...block.links.map(({ label, url }) => `  ${label}${gap}${style('underline', plainLine(url))}`),
      ];
    case 'tracks':
      return [
        '',
        style('bold', block.heading),
        ...block.tracks.flatMap(({ title, channel, length, url }) => [
          `  ${plainLine([title, channel, length].filter(Boolean).join(' · '))}`,
          `    ${style('underline', plainLine(url))}`,
        ]),
      ];
    case 'text': {
      const text = wrap(block.text, options.columns).map((line) => (block.quiet ? style('dim', line) : line));
      return block.heading ? ['', style('bold', block.heading), ...text] : text;
    }
  }
}

function renderBars({ rows }: BarsBlock, style: (format: Style, text: string) => string): string[] {
  const labelWidth = Math.max(...rows.map((row) => row.label.length));
  const valueWidth = Math.max(...rows.map((row) => row.value.length));
  return rows.map(({ genre, label, share, value }) => {
    const eighths = Math.round(share * BAR_CELLS * 8);
    const bar = '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
    return `  ${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}  ${style(GENRE_STYLE[genre], bar)}`;
  });
}

/** Lines of at most `columns` characters, broken between words. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).map(plainLine)) {
    if (line && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}
