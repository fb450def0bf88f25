/** A stretch of a message: what people read, and the same for Telegram's HTML parse mode. */
export interface Rich {
  /** Its length, in UTF-16 units, is what Telegram's limits count. */
  readonly plain: string;
  readonly html: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

export function plain(text: string): Rich {
  return { plain: text, html: text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign) };
}

export function tagged(tag: 'b' | 'i' | 'code', text: string): Rich {
  return { plain: text, html: text && `<${tag}>${plain(text).html}</${tag}>` };
}

export function joined(parts: readonly Rich[], separator: string): Rich {
  return {
    plain: parts.map((part) => part.plain).join(separator),
    html: parts.map((part) => part.html).join(separator),
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
