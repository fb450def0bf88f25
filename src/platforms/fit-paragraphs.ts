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
  const { limit, counted, gap } = room;
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
    else if (text >= 0) kept[text] = shorten(kept[text] as Paragraph, excess, room);
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
function shorten({ rich, heading }: Paragraph, excess: number, room: Room) {
  const body = heading ? rich.plain.slice(heading.plain.length + 1) : rich.plain;
  const above = heading ? heading[room.counted].length + 1 : 0;
  const left = longestCut(body, { ...room, limit: rich[room.counted].length - above - excess });
  if (left < LEAST) return null;
  const cut = room.markup.plain(cutAtWord(body, left));
  return { rich: heading ? joined([heading, cut], '\n') : cut, weight: 'fixed', heading: null } as const;
}

/** To how many units a text has to be cut so that it fits, marked or not. */
function longestCut(text: string, { limit, counted, markup }: Room): number {
  let [least, most] = [0, Math.max(0, Math.min(text.length, limit))];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (markup.plain(cutAtWord(text, middle))[counted].length <= limit) least = middle;
    else most = middle - 1;
  }
  return least;
}

/** Even what should stay, rather than what the platform refuses. */
function wholeCut(whole: Rich, room: Room): Rich {
  return room.markup.plain(cutAtWord(whole.plain, longestCut(whole.plain, room)));
}
