/** A stretch of a message: what people read, and the same in the platform's markup. */
export interface Rich {
  readonly plain: string;
  readonly marked: string;
}

/** A platform's ways to set text. Each takes any text whatever and escapes it. */
export interface Markup {
  plain(text: string): Rich;
  strong(text: string): Rich;
  /** Said in passing: on lines of its own. */
  quiet(text: string): Rich;
  /** All characters equally wide. */
  code(text: string): Rich;
  /** A stranger's words: nothing in them becomes a link or calls anybody. */
  foreign(text: string): Rich;
  /** The same as a link. Where each link has a preview of its own, only one that is `previewed` shows it. */
  link(text: string, url: string, previewed: boolean): Rich;
}

export function joined(parts: readonly Rich[], separator: string): Rich {
  return {
    plain: parts.map((part) => part.plain).join(separator),
    marked: parts.map((part) => part.marked).join(separator),
  };
}

/** At most `length` UTF-16 units, ending in … where it was cut, between words if there is a gap in the last third. */
export function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length < 2) return '…'.slice(0, Math.max(0, length));
  const head = text.slice(0, length - 1);
  const gap = head.search(/\s\S*$/);
  const cut = gap > length * 0.66 ? head.slice(0, gap) : head;
  const whole = cut.replace(/[\ud800-\udbff]$/, '').trimEnd();
  // an isolate that lost its end would take in what follows
  const open = (whole.match(/[\u2066-\u2068]/g)?.length ?? 0) - (whole.match(/\u2069/g)?.length ?? 0);
  return open > 0 ? `${whole.slice(0, length - 1 - open).trimEnd()}${'\u2069'.repeat(open)}…` : `${whole}…`;
}
