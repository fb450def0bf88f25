import { cutAtWord, joined, type Markup, type Rich } from './rich-text.ts';

/** A paragraph of a message that may have to be shortened. */
export interface Paragraph {
  readonly rich: Rich;
  /** quiet paragraphs go first, from the last one on; then texts are cut, from the last one on; the rest stays. */
  readonly weight: 'quiet' | 'text' | 'fixed';
  /** What stays of a text when it is cut, such as its heading; the rest is plain. */
  readonly heading: Rich | null;
}

export interface Room {
  /** UTF-16 units. */
  readonly limit: number;
  /** Which of the two the limit counts. */
  readonly counted: keyof Rich;
  /** Between two paragraphs. */
  readonly gap: string;
  readonly markup: Pick<Markup, 'plain'>;
}

/** The paragraphs that there is room for, in their order; null for each that is left out or empty. */
export function fitParagraphs(paragraphs: readonly Paragraph[], room: Room): readonly (Rich | null)[] {
  const { limit, counted, gap, markup } = room;
  const kept = paragraphs.map((paragraph) => (paragraph.rich.plain === '' ? null : paragraph));
  const length = () =>
    messageOf(
      kept.map((each) => each?.rich ?? null),
      gap,
    )[counted].length;
  for (let excess = length() - limit; excess > 0; excess = length() - limit) {
    const quiet = kept.findLastIndex((each) => each?.weight === 'quiet');
    const text = kept.findLastIndex((each) => each?.weight === 'text');
    if (quiet >= 0) kept[quiet] = null;
    else if (text >= 0) kept[text] = shorten(kept[text] as Paragraph, excess, markup);
    else
      return [
        wholeCut(
          messageOf(
            kept.map((each) => each?.rich ?? null),
            gap,
          ),
          room,
        ),
      ];
  }
  return kept.map((each) => each?.rich ?? null);
}

export function messageOf(paragraphs: readonly (Rich | null)[], gap: string): Rich {
  return joined(
    paragraphs.filter((each) => each !== null),
    gap,
  );
}

/** A text that is cut below this says nothing. */
const LEAST = 40;

/** The paragraph by at least `excess` units shorter; null when nothing worth reading would be left. */
function shorten({ rich, heading }: Paragraph, excess: number, { plain }: Pick<Markup, 'plain'>) {
  const body = heading ? rich.plain.slice(heading.plain.length + 1) : rich.plain;
  const left = body.length - excess;
  if (left < LEAST) return null;
  const cut = plain(cutAtWord(body, left)); // a sign less is at least one unit less, marked or not
  return { rich: heading ? joined([heading, cut], '\n') : cut, weight: 'fixed', heading: null } as const;
}

/** Even what should stay, rather than what the platform refuses. */
function wholeCut(whole: Rich, { limit, counted, markup }: Room): Rich {
  let cut = markup.plain(cutAtWord(whole.plain, limit));
  for (let left = limit; cut[counted].length > limit; left -= cut[counted].length - limit) {
    cut = markup.plain(cutAtWord(whole.plain, Math.max(0, left - 1)));
  }
  return cut;
}
