import { cutAtWord, joined, plain, type Rich } from './html.ts';

/** A paragraph of a message that may have to be shortened. */
export interface Paragraph {
  readonly rich: Rich;
  /** quiet paragraphs go first, from the last one on; then texts are cut, from the last one on; the rest stays. */
  readonly weight: 'quiet' | 'text' | 'fixed';
  /** What stays of a text when it is cut, such as its heading; the rest is plain. */
  readonly heading: Rich | null;
}

const GAP = '\n\n';

/** The paragraphs as one message of at most `limit` UTF-16 units after parsing. */
export function fitParagraphs(paragraphs: readonly Paragraph[], limit: number): Rich {
  let kept = paragraphs.filter(({ rich }) => rich.plain !== '');
  while (lengthOf(kept) > limit) {
    const quiet = kept.findLastIndex(({ weight }) => weight === 'quiet');
    if (quiet >= 0) {
      kept = kept.toSpliced(quiet, 1);
      continue;
    }
    const text = kept.findLastIndex(({ weight }) => weight === 'text');
    if (text < 0) return plain(cutAtWord(joined(richOf(kept), GAP).plain, limit));
    const shorter = shorten(kept[text] as Paragraph, lengthOf(kept) - limit);
    kept = kept.toSpliced(text, 1, ...(shorter ? [shorter] : []));
  }
  return joined(richOf(kept), GAP);
}

function richOf(paragraphs: readonly Paragraph[]): Rich[] {
  return paragraphs.map(({ rich }) => rich);
}

function lengthOf(paragraphs: readonly Paragraph[]): number {
  return joined(richOf(paragraphs), GAP).plain.length;
}

/** A text that is cut below this says nothing. */
const LEAST = 40;

/** The paragraph by at least `excess` units shorter; null when nothing worth reading would be left. */
function shorten({ rich, heading }: Paragraph, excess: number): Paragraph | null {
  const body = heading ? rich.plain.slice(heading.plain.length + 1) : rich.plain;
  const room = body.length - excess;
  if (room < LEAST) return null;
  const cut = plain(cutAtWord(body, room));
  return { rich: heading ? joined([heading, cut], '\n') : cut, weight: 'fixed', heading: null };
}
